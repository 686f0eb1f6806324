package waybill.tracking;

import java.util.Locale;

/// The outcome of a fix, as reported to its driver.
public enum FixOutcome {
    /// It is the driver's current position and is published.
    LIVE,

    /// It is only stored: it is too old, a newer one came with it, or its order has ended.
    HISTORY,

    /// It is only stored: a newer fix arrived before.
    STALE,

    /// It is only stored, and marked: the driver cannot have been there.
    IMPLAUSIBLE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }
}
