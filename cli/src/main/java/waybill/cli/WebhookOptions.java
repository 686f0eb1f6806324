package waybill.cli;

import picocli.CommandLine.Option;
import waybill.server.webhook.WebhookConfig;

/// The options of webhooks.
final class WebhookOptions {

    @Option(
            names = "--webhook-allow-http",
            description = "send webhooks to addresses without TLS as well, where others can read and change them"
                    + " (default: off)")
    private boolean isHttpAllowed;

    @Option(
            names = "--webhook-allow-private",
            description =
                    "send webhooks to addresses of private networks as well, so that an administrator can reach the"
                            + " services of the hub's own network (default: off)")
    private boolean isPrivateAllowed;

    WebhookConfig config() {
        return new WebhookConfig(isHttpAllowed, isPrivateAllowed);
    }
}
