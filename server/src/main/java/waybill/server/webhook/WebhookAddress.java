package waybill.server.webhook;

import java.util.Optional;

/// Which addresses an endpoint may have.
///
/// @param config what the operator allows
public record WebhookAddress(WebhookConfig config) {

    /// Why an address cannot be one of an endpoint: the field, what came and what was expected. Empty if it can.
    public Optional<String> problem(String url) {
        return config.guard()
                .problem(url)
                .map(came -> "url: " + came
                        + " (expected: one of the public internet such as https://example.com/webhooks)");
    }
}
