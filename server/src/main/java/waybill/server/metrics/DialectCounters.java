package waybill.server.metrics;

/// The counters of one dialect since the start. Thread-safe.
///
/// @param received by event; events that are unknown or cannot be parsed are counted together
/// @param sent by event, once per broadcast
/// @param rejected by code
public record DialectCounters(String dialect, NamedCounters received, NamedCounters sent, NamedCounters rejected) {

    public static final String UNKNOWN = "unknown";
    public static final String MALFORMED = "malformed";

    public DialectCounters(String dialect) {
        this(dialect, new NamedCounters(), new NamedCounters(), new NamedCounters());
    }
}
