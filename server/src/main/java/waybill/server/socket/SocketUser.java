package waybill.server.socket;

import java.util.Optional;
import waybill.access.Principal;

/// The data that a namespace attaches to a socket, as far as other classes need it.
public interface SocketUser {

    /// The user of the socket; empty while it has sent no token.
    Optional<Principal> principal();
}
