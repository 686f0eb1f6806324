package waybill.tracking;

/// The classification of a fix. All are stored in the history; only accepted fixes are published.
public enum FixStatus {
    /// The driver's current position.
    ACCEPTED,

    /// Not newer than the newest fix: late, or a duplicate.
    STALE,

    /// Too far away for the time since the newest fix. It is marked in the history.
    IMPLAUSIBLE
}
