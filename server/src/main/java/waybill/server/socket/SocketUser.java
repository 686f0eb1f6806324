package waybill.server.socket;

import java.util.Optional;
import waybill.access.Principal;

/// What a namespace keeps as the data of a socket, as far as other classes need it.
public interface SocketUser {

    /// The user of the socket; empty while it has shown no token.
    Optional<Principal> principal();
}
