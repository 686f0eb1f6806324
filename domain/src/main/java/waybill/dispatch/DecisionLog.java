package waybill.dispatch;

/// Stores the decisions of dispatch that were committed. A port. Safe from any thread.
public interface DecisionLog {

    /// Never blocks, and delays no order: a decision that cannot be stored is dropped, and counted.
    void append(StoredDecision decision);

    /// Decisions that were not stored.
    long dropped();
}
