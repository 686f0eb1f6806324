package waybill.server.metrics;

/// What has come and gone in one dialect since the start. Thread-safe.
///
/// @param received by event; what the dialect does not know or cannot understand is counted together
/// @param sent by event, once to however many
/// @param rejected by code
public record DialectCounters(String dialect, NamedCounters received, NamedCounters sent, NamedCounters rejected) {

    public static final String UNKNOWN = "unknown";
    public static final String MALFORMED = "malformed";

    public DialectCounters(String dialect) {
        this(dialect, new NamedCounters(), new NamedCounters(), new NamedCounters());
    }
}
