package waybill.tracking;

/// A fix and what it was taken for: a point of the history.
public record ClassifiedFix(Fix fix, FixStatus status) {}
