package waybill.server.webhook;

import waybill.server.outbound.AddressGuard;

/// The settings of webhooks.
///
/// @param isHttpAllowed whether endpoints may have addresses without TLS
/// @param isPrivateAllowed whether endpoints may be in the hub's own network: its other services, which trust it, are
///     there too
public record WebhookConfig(boolean isHttpAllowed, boolean isPrivateAllowed) {

    public static WebhookConfig defaults() {
        return new WebhookConfig(false, false);
    }

    AddressGuard guard() {
        return new AddressGuard(isHttpAllowed, isPrivateAllowed);
    }

    /// For tests and development.
    public static WebhookConfig anywhere() {
        return new WebhookConfig(true, true);
    }
}
