/// The sockets of `/caps`: they subscribe to queues, send and receive parcels, and are sent again what they have not
/// acknowledged. Start at [waybill.server.caps.CapsNamespace].
@NullMarked
package waybill.server.caps;

import org.jspecify.annotations.NullMarked;
