package waybill.order;

import java.util.List;

/// The outcome of a command. A refusal is an ordinary outcome, so it is a value and not an exception.
public sealed interface Decision {

    /// The command was accepted and produced these events, in order.
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

    /// The command was executed before. Nothing changes and no event is emitted.
    record AlreadyDone(Order order) implements Decision {}

    record Refused(Reason reason, String message) implements Decision {}

    /// Why a command was refused.
    enum Reason {
        NOT_FOUND,
        /// The reference matches more than one order.
        AMBIGUOUS,
        /// The state or the driver of the order does not permit the command.
        CONFLICT,
        /// The payment does not match the amount due.
        WRONG_AMOUNT,
        /// A code was scanned that is not that of the order.
        WRONG_CODE,
        /// The PIN is not that of the order.
        WRONG_PIN,
        /// The assignee is not a known driver.
        NOT_A_DRIVER,
        /// The caller may not send the command.
        FORBIDDEN
    }
}
