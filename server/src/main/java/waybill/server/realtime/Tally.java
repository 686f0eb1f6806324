package waybill.server.realtime;

import waybill.server.metrics.Counts;

/// What has come and gone in one dialect since the start. Thread-safe.
///
/// @param heard by event; what the dialect does not know or cannot understand is counted together
/// @param said by event, once to however many
/// @param refused by code
public record Tally(String dialect, Counts heard, Counts said, Counts refused) {

    static final String UNKNOWN = "unknown";
    static final String MALFORMED = "malformed";

    Tally(String dialect) {
        this(dialect, new Counts(), new Counts(), new Counts());
    }
}
