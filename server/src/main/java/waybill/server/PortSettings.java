package waybill.server;

import java.time.Duration;
import java.util.Optional;
import waybill.server.tls.TlsConfig;

/// The settings of the port, whatever is served on it.
///
/// @param tls the certificate; without one the port has no TLS
/// @param drain over how long the sockets are disconnected when the hub stops
public record PortSettings(Optional<TlsConfig> tls, Duration drain) {

    /// Long enough that clients do not come back all at once, and short enough for a person that waits.
    private static final Duration DRAIN = Duration.ofMillis(500);

    /// A hub that takes longer is one that its operator believes hangs.
    private static final Duration DRAIN_MAX = Duration.ofMinutes(10);

    public PortSettings {
        if (drain.isNegative() || drain.compareTo(DRAIN_MAX) > 0) {
            throw new IllegalArgumentException(
                    "drain: " + drain.toMillis() + " ms (expected: 0 to " + DRAIN_MAX.toSeconds() + " s)");
        }
    }

    public static PortSettings defaults() {
        return new PortSettings(Optional.empty(), DRAIN);
    }

    public PortSettings withTls(Optional<TlsConfig> value) {
        return new PortSettings(value, drain);
    }

    public PortSettings withDrain(Duration value) {
        return new PortSettings(tls, value);
    }

    /// How the addresses of the hub begin.
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }
}
