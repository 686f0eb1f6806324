package waybill.order;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.mailbox.Queue;
import waybill.mailbox.Recipient;
import waybill.mailbox.Topic;

/// Who must be told of an event: its letters, posted in the transaction in which it is written down.
///
/// Its store and the administrators have none: they read the log itself (see [Recipient]).
final class Post {

    private Post() {}

    static void deliver(Ledger ledger, Order order, OrderEvent event, long position, Instant at) {
        event.topic()
                .filter(topic -> !topic.isForDrivers() || order.driver().isEmpty())
                .ifPresent(topic -> ledger.post(new Queue(order.store(), topic), position));
        if (event instanceof OrderEvent.Moved(var to, var _, var _) && leavesNothingToCarry(to)) {
            ledger.remove(new Queue(order.store(), Topic.PICKUP), order.messageId());
        }
        if (event instanceof OrderEvent.Assigned) {
            ledger.forgetConfirmations(order);
        }
        recipients(order, event).forEach(recipient -> ledger.post(recipient, position));
        if (event instanceof OrderEvent.Placed) {
            ledger.askReceipt(order, position, at);
        } else if (event instanceof OrderEvent.Moved && !order.state().awaitsAcceptance()) {
            ledger.closeReceipts(order, at);
        }
    }

    /// Whether it ends a way that drivers may have been asked to go.
    private static boolean leavesNothingToCarry(OrderState to) {
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

    private static Set<Recipient> recipients(Order order, OrderEvent event) {
        var recipients = new LinkedHashSet<Recipient>();
        order.details().customer().ifPresent(customer -> recipients.add(user(Role.CUSTOMER, customer)));
        named(order.driver()).ifPresent(recipients::add);
        if (event instanceof OrderEvent.Assigned assigned) {
            named(assigned.former()).ifPresent(recipients::add);
        }
        if (concernsEveryDriver(order, event)) {
            recipients.add(new Recipient.Everybody(Role.DRIVER));
        }
        return recipients;
    }

    /// A driver who can be known again.
    private static Optional<Recipient> named(Optional<Actor> driver) {
        return driver.filter(actor -> actor.kind() == Actor.Kind.DRIVER).map(actor -> user(Role.DRIVER, actor.id()));
    }

    private static Recipient user(Role role, String id) {
        return new Recipient.User(new UserId(role, id));
    }

    /// A new order, one that waits for a driver, and that it waits no longer: taken, or over.
    private static boolean concernsEveryDriver(Order order, OrderEvent event) {
        return switch (event) {
            case OrderEvent.Placed _, OrderEvent.Assigned _ -> true;
            case OrderEvent.Moved(var to, var _, var _) ->
                order.driver().isEmpty() && (to == OrderState.READY_FOR_PICKUP || !to.isActive());
            case OrderEvent.Paid _, OrderEvent.HandedOver _ -> false;
        };
    }

    static void deliver(Ledger ledger, HubEvent event, long position) {
        recipient(event).ifPresent(recipient -> ledger.post(recipient, position));
    }

    private static Optional<Recipient> recipient(HubEvent event) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged _ -> Optional.of(new Recipient.Anybody());
            case HubEvent.DriverStatusChanged _ -> Optional.empty(); // for the administrators
            case HubEvent.Notified notified -> Optional.of(new Recipient.User(notified.user()));
            case HubEvent.OfferMade _ -> Optional.of(new Recipient.Everybody(Role.CUSTOMER));
        };
    }
}
