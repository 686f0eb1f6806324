/// The endpoints of webhooks and what was sent to them, for administrators. Start at
/// [waybill.server.rest.webhook.Webhooks].
@NullMarked
package waybill.server.rest.webhook;

import org.jspecify.annotations.NullMarked;
