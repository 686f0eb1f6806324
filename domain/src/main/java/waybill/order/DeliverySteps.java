package waybill.order;

import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.DELIVERED;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.PICKED_UP;
import static waybill.order.OrderState.READY_FOR_PICKUP;

import java.util.ArrayList;
import java.util.List;
import waybill.order.Decision.Step;

/// The steps that a driver reports at once: it has collected a parcel, or delivered it.
final class DeliverySteps {

    /// The states of a parcel from its store to its recipient.
    private static final List<OrderState> DELIVERY_STATES =
            List.of(READY_FOR_PICKUP, ASSIGNED_TO_DRIVER, PICKED_UP, IN_TRANSIT, DELIVERED);

    private DeliverySteps() {}

    /// The steps from the current state to the one that the driver reports.
    static List<Step> of(Order order, Actor driver, String document, OrderState until) {
        var from = DELIVERY_STATES.indexOf(order.state());
        if (from < 0) {
            return List.of();
        }
        var reported = document.equals(order.details().document()) ? OrderEvent.NO_DOCUMENT : document;
        var steps = new ArrayList<Step>();
        var now = order;
        if (now.driverOrNone() == null && now.state() == READY_FOR_PICKUP) {
            steps.add(new Step(OrderStateMachine.assignmentEvent(now, driver), now.withDriver(driver)));
            now = now.withDriver(driver);
        } else if (!driver.equals(now.driverOrNone())) {
            now = now.withDriver(driver);
            steps.add(new Step(new OrderEvent.DriverTakenOver(driver, document), now));
        }
        for (var to : DELIVERY_STATES.subList(from + 1, Math.max(from, DELIVERY_STATES.indexOf(until)) + 1)) {
            var step = OrderStateMachine.stateChange(
                    now, to, "", to == IN_TRANSIT || to == DELIVERED ? reported : OrderEvent.NO_DOCUMENT);
            steps.add(step);
            now = step.orderAfter();
        }
        return now.state() == until ? steps : List.of();
    }
}
