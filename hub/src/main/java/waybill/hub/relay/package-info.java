/// Publishes the events of the log, in order and at least once: [waybill.hub.relay.Relay] reads the log from its
/// checkpoint, [waybill.hub.relay.RelayRunner] is its thread. Start there.
@NullMarked
package waybill.hub.relay;

import org.jspecify.annotations.NullMarked;
