package waybill.outbound;

import java.util.List;
import java.util.Optional;

/// Changes the endpoints of webhooks inside one transaction. A port: `storage` implements it.
public interface WebhookWriter {

    /// All of them, by id. They are few.
    List<WebhookEndpoint> listWebhooks();

    Optional<WebhookEndpoint> findWebhook(String id);

    /// Adds an endpoint, or replaces the one with its id.
    void saveWebhook(WebhookEndpoint endpoint);

    /// False when there is none with that id.
    boolean deleteWebhook(String id);
}
