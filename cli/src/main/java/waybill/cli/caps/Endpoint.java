package waybill.cli.caps;

import java.net.URI;
import java.util.Optional;

/// The URL of the hub and the token for it. A path in the URL is that of Socket.IO, for a hub with `--socket-path`.
public record Endpoint(URI hub, Optional<String> token) {

    /// The endpoint of a hub that requires no token.
    public static Endpoint withoutToken(URI hub) {
        return new Endpoint(hub, Optional.empty());
    }

    String socketPath() {
        var path = hub.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? "/socket.io/" : path;
    }

    /// Omits the token.
    @Override
    public String toString() {
        return hub.toString();
    }
}
