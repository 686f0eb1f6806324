package waybill.tracking;

/// What to make of a fix. Each of them is kept in the history; only the first is told.
public enum FixStatus {
    /// News: the driver is there.
    ACCEPTED,

    /// Not newer than what is known already: late, or said twice.
    STALE,

    /// Nobody gets there that fast. Kept with a mark.
    IMPLAUSIBLE
}
