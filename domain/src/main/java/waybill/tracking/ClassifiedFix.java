package waybill.tracking;

/// A fix and its status: a point of the history.
public record ClassifiedFix(Fix fix, FixStatus status) {}
