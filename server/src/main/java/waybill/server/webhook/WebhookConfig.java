package waybill.server.webhook;

import waybill.hub.outbound.JobLimits;
import waybill.outbound.RetrySchedule;
import waybill.server.outbound.AddressGuard;

/// The settings of webhooks.
///
/// @param isHttpAllowed whether endpoints may have addresses without TLS
/// @param isPrivateAllowed whether endpoints may be in the hub's own network: its other services, which trust it, are
///     there too
/// @param schedule when a webhook that failed is sent again
public record WebhookConfig(boolean isHttpAllowed, boolean isPrivateAllowed, RetrySchedule schedule, JobLimits limits) {

    public WebhookConfig(boolean isHttpAllowed, boolean isPrivateAllowed) {
        this(isHttpAllowed, isPrivateAllowed, WebhookSender.SCHEDULE, JobLimits.defaults());
    }

    public static WebhookConfig defaults() {
        return new WebhookConfig(false, false);
    }

    public WebhookConfig withRetries(RetrySchedule newSchedule, JobLimits newLimits) {
        return new WebhookConfig(isHttpAllowed, isPrivateAllowed, newSchedule, newLimits);
    }

    AddressGuard guard() {
        return new AddressGuard(isHttpAllowed, isPrivateAllowed);
    }

    /// For tests and development.
    public static WebhookConfig anywhere() {
        return new WebhookConfig(true, true);
    }
}
