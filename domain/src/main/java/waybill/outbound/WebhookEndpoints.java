package waybill.outbound;

import java.util.List;
import java.util.Optional;

/// Reads the committed endpoints of webhooks. A port: `storage` implements it. [WebhookWriter] changes them.
public interface WebhookEndpoints {

    /// All of them, by id.
    List<WebhookEndpoint> listWebhooks();

    Optional<WebhookEndpoint> findWebhook(String id);
}
