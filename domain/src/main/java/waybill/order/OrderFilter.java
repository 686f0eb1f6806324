package waybill.order;

import java.util.Set;

/// Which orders somebody wants to see.
///
/// @param states none for any
/// @param beforeStorageId the row that the last page ended with; [Long#MAX_VALUE] for the first page
public record OrderFilter(Scope scope, Set<OrderState> states, long beforeStorageId, int max) {

    /// Whose orders.
    public sealed interface Scope {
        record All() implements Scope {}

        record OfCustomer(String customer) implements Scope {}

        record OfStore(String store) implements Scope {}

        record OfDriver(String driver) implements Scope {}
    }
}
