package waybill.cli.caps;

import java.net.URI;
import java.util.Optional;

/// The URL of the hub and the token for it.
public record Endpoint(URI hub, Optional<String> token) {

    /// The endpoint of a hub that requires no token.
    public static Endpoint withoutToken(URI hub) {
        return new Endpoint(hub, Optional.empty());
    }

    /// Omits the token.
    @Override
    public String toString() {
        return hub.toString();
    }
}
