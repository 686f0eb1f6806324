package waybill.tracking;

import java.util.Locale;

/// How fresh the newest position of a driver is.
public enum Signal {
    /// The position counts as where the driver is.
    LIVE,

    /// It is older than that, as in a tunnel or a lift.
    STALE,

    /// It is so old that its viewers should know: the phone has no network or no power, or its app was ended.
    LOST;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }
}
