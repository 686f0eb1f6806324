package waybill.cli.caps;

import java.net.URI;
import java.util.Optional;

/// Where the hub is, and what to show there.
public record Endpoint(URI hub, Optional<String> token) {

    /// Of a hub that believes whoever comes.
    public static Endpoint withoutToken(URI hub) {
        return new Endpoint(hub, Optional.empty());
    }

    /// A token is for the hub's eyes only.
    @Override
    public String toString() {
        return hub.toString();
    }
}
