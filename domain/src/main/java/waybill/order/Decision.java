package waybill.order;

/// What came of a command. A refusal is an ordinary outcome, so it is a value and not an exception.
public sealed interface Decision {

    /// It happened, and this is how the order stands now.
    record Accepted(OrderEvent event, Order next) implements Decision {}

    /// It had happened before. Nothing changes and nobody is told again.
    record Repeated(Order order) implements Decision {}

    record Refused(Reason reason, String message) implements Decision {}

    /// Why a command was refused.
    enum Reason {
        /// There is no such order.
        NOT_FOUND,
        /// More than one order answers to that name.
        AMBIGUOUS,
        /// The order is not in a state, or not in the hands, for this.
        CONFLICT
    }
}
