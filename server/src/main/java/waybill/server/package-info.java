/// Where it meets: one process, one port.
///
/// [waybill.server.Hub] is the wiring, by hand, on one screen, and the only place that names a store;
/// [waybill.server.Config] is all that can be set. The live side is in [waybill.server.realtime], HTTP in
/// [waybill.server.rest], and what each app means by what it says in [waybill.server.dialect]. Decisions
/// about orders are in the domain, not here.
@NullMarked
package waybill.server;

import org.jspecify.annotations.NullMarked;
