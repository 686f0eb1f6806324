package waybill.tracking;

import java.util.Locale;

/// What became of a fix, as its driver is told.
public enum FixOutcome {
    /// It is where the driver is, and viewers are shown it.
    LIVE,

    /// It is in the history alone: it is too old to be where the driver is, a newer one came with it, or its order is
    /// over.
    HISTORY,

    /// A newer one is known already. It is in the history alone.
    STALE,

    /// The driver cannot have been there. It is in the history with a mark.
    IMPLAUSIBLE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The word that clients see.
    public String wireName() {
        return wireName;
    }
}
