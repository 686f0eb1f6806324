package waybill.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.order.Actor;
import waybill.order.Event;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// Which receivers are told of an event, and what. Pure. An offer to all drivers is told to none: those that wait for
/// offers have a socket.
public final class Notices {

    private Notices() {}

    /// The notices of an event, each with a channel at least.
    ///
    /// @param order the order after the event, if it is an event of one
    public static List<Notice> of(Event event, Optional<Order> order, Actor actor) {
        return switch (event) {
            case OrderEvent orderEvent ->
                order.map(known -> of(orderEvent, known)).orElse(List.of()).stream()
                        .map(notice -> new Notice(
                                notice.trigger(), notice.role(), notice.target(), isOf(actor, notice.target())))
                        .filter(notice -> !notice.channels().isEmpty())
                        .toList();
            case HubEvent.UserNotified notified ->
                List.of(new Notice(Trigger.NOTIFICATION, notified.user().role(), new Target.OfUser(notified.user())));
            case HubEvent.BusinessStatusChanged _,
                    HubEvent.DriverStatusChanged _,
                    HubEvent.CouponCreated _,
                    HubEvent.BackendEmitted _,
                    HubEvent.AlertOpened _,
                    HubEvent.AlertCleared _,
                    NodeEvent _ -> List.of();
        };
    }

    private static List<Notice> of(OrderEvent event, Order order) {
        return switch (event) {
            case OrderEvent.Placed(var state) when state.awaitsAcceptance() -> toAll(Trigger.ORDER_PLACED, order);
            case OrderEvent.Placed _ -> List.of(); // a parcel of the store's own
            case OrderEvent.Paid _ -> toAll(Trigger.PAYMENT_RECEIVED, order);
            case OrderEvent.Assigned assigned -> assigned(assigned, order);
            case OrderEvent.StateChanged(var state, var _, var _) ->
                trigger(state).map(trigger -> toAll(trigger, order)).orElse(List.of());
            case OrderEvent.HandedBack(var driver, var _) ->
                driver(Trigger.DRIVER_REMOVED, driver).stream().toList();
            case OrderEvent.DriverArriving(var stop, var _, var _) ->
                stop.isCustomers() ? toAll(Trigger.DRIVER_ARRIVING, order) : List.of();
            case OrderEvent.DriverArrived(var stop, var _) ->
                stop.isCustomers() ? toAll(Trigger.DRIVER_ARRIVED, order) : List.of();
            case OrderEvent.Offered(var offer) ->
                offer.drivers().stream()
                        .flatMap(driver -> driver(Trigger.DELIVERY_OFFERED, Actor.driver(driver)).stream())
                        .toList();
            case OrderEvent.Delayed _ -> toAll(Trigger.ORDER_DELAYED, order);
            case OrderEvent.DriverTakenOver _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.OfferDeclined _,
                    OrderEvent.OfferClosed _,
                    OrderEvent.TimesSet _,
                    OrderEvent.DelayEnded _,
                    OrderEvent.OfLinks _,
                    OrderEvent.ProofRecorded _ -> List.of();
        };
    }

    private static Optional<Trigger> trigger(OrderState state) {
        return switch (state) {
            case ACCEPTED -> Optional.of(Trigger.ORDER_ACCEPTED);
            case READY_FOR_PICKUP -> Optional.of(Trigger.ORDER_READY);
            case PICKED_UP -> Optional.of(Trigger.ORDER_PICKED_UP);
            case IN_TRANSIT -> Optional.of(Trigger.ORDER_IN_TRANSIT);
            case DELIVERED -> Optional.of(Trigger.ORDER_DELIVERED);
            case CANCELLED -> Optional.of(Trigger.ORDER_CANCELLED);
            case DECLINED -> Optional.of(Trigger.ORDER_DECLINED);
            case EXPIRED -> Optional.of(Trigger.ORDER_EXPIRED);
            case FAILED -> Optional.of(Trigger.ORDER_FAILED);
            case RETURNED -> Optional.of(Trigger.ORDER_RETURNED);
            case NEW, PENDING, PAYMENT_CONFIRMED, PREPARING, ASSIGNED_TO_DRIVER -> Optional.empty();
        };
    }

    private static List<Notice> assigned(OrderEvent.Assigned event, Order order) {
        var notices = new ArrayList<>(toAll(Trigger.DRIVER_ASSIGNED, order));
        event.previousDriver()
                .flatMap(driver -> driver(Trigger.DRIVER_REMOVED, driver))
                .ifPresent(notices::add);
        return notices;
    }

    /// To the customer, the store and the driver of the order, as far as it has them.
    private static List<Notice> toAll(Trigger trigger, Order order) {
        var notices = new ArrayList<Notice>();
        order.details()
                .customer()
                .map(id -> new Notice(trigger, Role.CUSTOMER, new Target.OfUser(new UserId(Role.CUSTOMER, id))))
                .ifPresent(notices::add);
        notices.add(new Notice(trigger, Role.MERCHANT, new Target.OfStore(order.store())));
        order.driver().flatMap(driver -> driver(trigger, driver)).ifPresent(notices::add);
        return notices;
    }

    /// To the driver, unless it is anonymous.
    private static Optional<Notice> driver(Trigger trigger, Actor driver) {
        return driver.kind() == Actor.Kind.DRIVER
                ? Optional.of(new Notice(trigger, Role.DRIVER, new Target.OfUser(new UserId(Role.DRIVER, driver.id()))))
                : Optional.empty();
    }

    private static boolean isOf(Actor actor, Target target) {
        return switch (target) {
            case Target.OfStore _ -> actor.kind() == Actor.Kind.MERCHANT || actor.kind() == Actor.Kind.STORE;
            case Target.OfUser(var user) ->
                actor.id().equals(user.id())
                        && ((actor.kind() == Actor.Kind.CUSTOMER && user.role() == Role.CUSTOMER)
                                || (actor.kind() == Actor.Kind.DRIVER && user.role() == Role.DRIVER));
        };
    }
}
