package waybill.order;

import java.util.List;

/// What came of a command. A refusal is an ordinary outcome, so it is a value and not an exception.
public sealed interface Decision {

    /// These things happened, in this order; each carries how the order stood after it.
    record Accepted(List<Step> steps) implements Decision {

        public Accepted {
            steps = List.copyOf(steps);
        }

        public Order finalOrder() {
            return steps.getLast().orderAfter();
        }
    }

    /// One event, and the order after it.
    record Step(OrderEvent event, Order orderAfter) {}

    /// It had happened before. Nothing changes and nobody is told again.
    record AlreadyDone(Order order) implements Decision {}

    record Refused(Reason reason, String message) implements Decision {}

    /// Why a command was refused.
    enum Reason {
        /// There is no such order.
        NOT_FOUND,
        /// More than one order answers to that name.
        AMBIGUOUS,
        /// The order is not in a state, or not in the hands, for this.
        CONFLICT,
        /// A payment that is not of what is still to be paid.
        WRONG_AMOUNT,
        /// The order was to be given to a user who is not known as a driver.
        NOT_A_DRIVER,
        /// Not for this speaker to do.
        FORBIDDEN
    }
}
