package waybill.order;

import java.util.Set;

/// Selects a page of orders.
///
/// @param states empty for any
/// @param beforeStorageId the `storageId` of the last order of the previous page; [Long#MAX_VALUE] for the first page
public record OrderFilter(Scope scope, Set<OrderState> states, long beforeStorageId, int max) {

    /// The owner of the listed orders.
    public sealed interface Scope {
        record All() implements Scope {}

        record OfCustomer(String customer) implements Scope {}

        record OfStore(String store) implements Scope {}

        record OfDriver(String driver) implements Scope {}
    }
}
