package waybill.order;

import java.util.List;
import java.util.Optional;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Step;

/// What becomes of an order that is taken from its driver before the pickup: it waits for another driver, and the one
/// that had it counts as one that declined it.
final class HandBackRules {

    private HandBackRules() {}

    /// Whether this driver has handed the order back before, and no other has it.
    static boolean isRepeat(Order order, OrderCommand.HandBack command) {
        var driver = command.driverOrNone();
        return driver != null
                && order.driver().isEmpty()
                && order.offers().declinedBy().contains(driver.id());
    }

    /// Only the driver itself hands an order back, also when it is anonymous and its connection has ended.
    static Optional<Refused> refusal(Order order, OrderCommand command) {
        if (!(command instanceof OrderCommand.HandBack(var driver, var _))) {
            return Optional.empty();
        }
        if (order.driver().isEmpty()) {
            return Optional.of(
                    new Refused(Reason.CONFLICT, "order " + order.messageId() + ": has no driver (expected: one)"));
        }
        return driver == null || driver.equals(order.driverOrNone())
                ? Optional.empty()
                : Optional.of(new Refused(Reason.CONFLICT, "order " + order.messageId() + " is another driver's"));
    }

    /// Empty once the driver has picked the order up.
    static List<Step> steps(Order order, OrderCommand.HandBack command) {
        var to = OrderStateMachine.nextState(order.state(), OrderCommand.HandBack.class);
        if (to.isEmpty() || order.driver().isEmpty()) {
            return List.of();
        }
        var after = order.withoutDriver();
        var handedBack = new Step(new OrderEvent.HandedBack(order.driver().get(), command.reason()), after);
        return to.get() == order.state()
                ? List.of(handedBack)
                : List.of(
                        handedBack,
                        OrderStateMachine.stateChange(after, to.get(), command.reason(), OrderEvent.NO_DOCUMENT));
    }
}
