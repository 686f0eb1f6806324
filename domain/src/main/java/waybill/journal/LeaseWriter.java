package waybill.journal;

import java.util.Optional;

/// Reads and changes leases inside one transaction. A port: `storage` implements it.
public interface LeaseWriter {

    /// The lease of a task, if any node has ever had it.
    Optional<StoredLease> findLease(String task);

    /// Saves the lease of its task in the place of the former one.
    void saveLease(StoredLease lease);
}
