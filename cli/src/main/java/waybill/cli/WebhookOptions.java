package waybill.cli;

import picocli.CommandLine.Option;
import waybill.server.webhook.WebhookConfig;

/// The options of webhooks.
final class WebhookOptions {

    @Option(
            names = "--webhook-allow-http",
            description = "send webhooks to addresses without TLS, too: others can read and change them")
    private boolean isHttpAllowed;

    @Option(
            names = "--webhook-allow-private",
            description = "send webhooks to addresses of private networks, too: an administrator of the hub can then"
                    + " reach the services of the hub's own network")
    private boolean isPrivateAllowed;

    WebhookConfig config() {
        return new WebhookConfig(isHttpAllowed, isPrivateAllowed);
    }
}
