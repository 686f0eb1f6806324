/// Webhooks: events that other systems are sent over HTTP, signed as Standard Webhooks says.
///
/// [waybill.server.webhook.WebhookRouting] adds a job for each endpoint in the transaction of the event;
/// [waybill.server.webhook.WebhookSender] renders, signs and sends it through a
/// [waybill.server.webhook.WebhookTransport], which alone knows the network. Start at WebhookSender.
@NullMarked
package waybill.server.webhook;

import org.jspecify.annotations.NullMarked;
