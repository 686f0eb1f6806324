/// The Socket.IO Admin UI: `/admin` speaks the protocol of `@socket.io/admin-ui` with a client that signs in with the
/// user name and password of an administrator, or with the session id that it got for them.
///
/// Nothing of a socket is looked at while no administrator is connected. Else a bounded number of sockets is observed:
/// event loops put what happens to them into a bounded queue, and one thread of its own sends it. Start at
/// [waybill.server.adminui.AdminUi]. The page itself is served by `waybill.server.web`.
@NullMarked
package waybill.server.adminui;

import org.jspecify.annotations.NullMarked;
