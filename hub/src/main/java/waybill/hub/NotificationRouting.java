package waybill.hub;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.journal.UnitOfWork;
import waybill.messaging.Queue;
import waybill.messaging.Recipient;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// Who must be told of an event: its letters, posted in the transaction in which it is written down.
///
/// Its store and the administrators have none: they read the log itself (see [Recipient]).
final class NotificationRouting {

    private NotificationRouting() {}

    static void route(UnitOfWork ledger, Order order, OrderEvent event, long position, Instant at) {
        event.topic()
                .filter(topic -> !topic.isForDrivers() || order.driver().isEmpty())
                .ifPresent(topic -> ledger.enqueue(new Queue(order.store(), topic), position));
        if (event instanceof OrderEvent.StateChanged(var to, var _, var _) && endsDelivery(to)) {
            ledger.deleteMessage(new Queue(order.store(), Topic.PICKUP), order.messageId());
        }
        if (event instanceof OrderEvent.Assigned) {
            ledger.deletePickupAcks(order);
        }
        recipientsOf(order, event).forEach(recipient -> ledger.enqueue(recipient, position));
        if (event instanceof OrderEvent.Placed) {
            ledger.requestConfirmation(order, position, at);
        } else if (event instanceof OrderEvent.StateChanged && !order.state().awaitsAcceptance()) {
            ledger.closeConfirmations(order, at);
        }
    }

    /// Whether it ends a way that drivers may have been asked to go.
    private static boolean endsDelivery(OrderState to) {
        return switch (to) {
            case DELIVERED, CANCELLED, FAILED -> true;
            case NEW,
                    PENDING,
                    PAYMENT_CONFIRMED,
                    ACCEPTED,
                    PREPARING,
                    READY_FOR_PICKUP,
                    ASSIGNED_TO_DRIVER,
                    PICKED_UP,
                    IN_TRANSIT,
                    DECLINED,
                    EXPIRED,
                    RETURNED -> false;
        };
    }

    private static Set<Recipient> recipientsOf(Order order, OrderEvent event) {
        var recipients = new LinkedHashSet<Recipient>();
        order.details().customer().ifPresent(customer -> recipients.add(userRecipient(Role.CUSTOMER, customer)));
        namedDriver(order.driver()).ifPresent(recipients::add);
        if (event instanceof OrderEvent.Assigned assigned) {
            namedDriver(assigned.previousDriver()).ifPresent(recipients::add);
        }
        if (concernsEveryDriver(order, event)) {
            recipients.add(new Recipient.RoleMembers(Role.DRIVER));
        }
        return recipients;
    }

    /// A driver who can be known again.
    private static Optional<Recipient> namedDriver(Optional<Actor> driver) {
        return driver.filter(actor -> actor.kind() == Actor.Kind.DRIVER)
                .map(actor -> userRecipient(Role.DRIVER, actor.id()));
    }

    private static Recipient userRecipient(Role role, String id) {
        return new Recipient.User(new UserId(role, id));
    }

    /// A new order, one that waits for a driver, and that it waits no longer: taken, or over.
    private static boolean concernsEveryDriver(Order order, OrderEvent event) {
        return switch (event) {
            case OrderEvent.Placed _, OrderEvent.Assigned _ -> true;
            case OrderEvent.StateChanged(var to, var _, var _) ->
                order.driver().isEmpty() && (to == OrderState.READY_FOR_PICKUP || !to.isActive());
            case OrderEvent.Paid _, OrderEvent.DriverTakenOver _ -> false;
        };
    }

    static void route(UnitOfWork ledger, HubEvent event, long position) {
        recipientOf(event).ifPresent(recipient -> ledger.enqueue(recipient, position));
    }

    private static Optional<Recipient> recipientOf(HubEvent event) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged _ -> Optional.of(new Recipient.AllUsers());
            case HubEvent.DriverStatusChanged _ -> Optional.empty(); // for the administrators
            case HubEvent.UserNotified notified -> Optional.of(new Recipient.User(notified.user()));
            case HubEvent.CouponCreated _ -> Optional.of(new Recipient.RoleMembers(Role.CUSTOMER));
        };
    }
}
