/// One process, one port: the wiring of all parts, without a container.
///
/// [waybill.server.WaybillServer] starts them and is the only class that names a store; [waybill.server.Config] has
/// all settings. Sockets are in [waybill.server.caps] and [waybill.server.live], HTTP in [waybill.server.rest], and
/// the events of each dialect in [waybill.server.dialect]. Decisions about orders are in the domain.
@NullMarked
package waybill.server;

import org.jspecify.annotations.NullMarked;
