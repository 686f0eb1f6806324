package waybill.hub;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.journal.UnitOfWork;
import waybill.messaging.Recipient;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;
import waybill.order.Stop;

/// Routes an event to its recipients, in the transaction that appends it.
///
/// The store and the administrators get no messages: they read the log itself (see [Recipient]).
final class NotificationRouting {

    private NotificationRouting() {}

    static void route(UnitOfWork work, Order order, OrderEvent event, long sequence, Instant at) {
        recipientsOf(order, event).forEach(recipient -> work.enqueue(recipient, sequence));
        if (event instanceof OrderEvent.Placed) {
            work.requestConfirmation(order, sequence, at);
        } else if (event instanceof OrderEvent.StateChanged && !order.state().awaitsAcceptance()) {
            work.closeConfirmations(order, at);
        }
    }

    static Set<Recipient> recipientsOf(Order order, OrderEvent event) {
        var recipients = new LinkedHashSet<Recipient>();
        if (event instanceof OrderEvent.DriverArriving(var stop, var _, var _)) {
            customerAt(stop, order).ifPresent(recipients::add);
            return recipients;
        }
        if (event instanceof OrderEvent.DriverArrived(var stop, var _)) {
            customerAt(stop, order).ifPresent(recipients::add);
            namedDriver(order.driver()).ifPresent(recipients::add);
            return recipients;
        }
        if (event instanceof OrderEvent.ArrivalCorrected
                || event instanceof OrderEvent.TimesSet
                || event instanceof OrderEvent.OfLinks) {
            return Set.of();
        }
        addDrivers(recipients, order, event);
        if (event instanceof OrderEvent.Offered
                || event instanceof OrderEvent.OfferDeclined
                || event instanceof OrderEvent.OfferClosed) {
            return recipients; // offers concern drivers alone
        }
        customer(order).ifPresent(recipients::add);
        namedDriver(order.driver()).ifPresent(recipients::add);
        if (event instanceof OrderEvent.Assigned assigned) {
            namedDriver(assigned.previousDriver()).ifPresent(recipients::add);
        }
        if (event instanceof OrderEvent.HandedBack(var driver, var _)) {
            namedDriver(Optional.of(driver)).ifPresent(recipients::add);
        }
        return recipients;
    }

    /// Adds the drivers that the order was offered to, or all of them.
    private static void addDrivers(Set<Recipient> recipients, Order order, OrderEvent event) {
        if (concernsEveryDriver(order, event)) {
            recipients.add(new Recipient.RoleMembers(Role.DRIVER));
        } else {
            askedDrivers(order, event).forEach(driver -> recipients.add(userRecipient(Role.DRIVER, driver)));
        }
    }

    private static Optional<Recipient> customer(Order order) {
        return order.details().customer().map(customer -> userRecipient(Role.CUSTOMER, customer));
    }

    /// A customer learns of its driver's arrival at the dropoff, and not of the one at the store.
    private static Optional<Recipient> customerAt(Stop stop, Order order) {
        return stop.isCustomers() ? customer(order) : Optional.empty();
    }

    /// The driver, unless it is anonymous.
    private static Optional<Recipient> namedDriver(Optional<Actor> driver) {
        return driver.filter(actor -> actor.kind() == Actor.Kind.DRIVER)
                .map(actor -> userRecipient(Role.DRIVER, actor.id()));
    }

    private static Recipient userRecipient(Role role, String id) {
        return new Recipient.User(new UserId(role, id));
    }

    /// The drivers of an offer that the event made or closed, if the offer names them.
    private static List<String> askedDrivers(Order order, OrderEvent event) {
        var made = event instanceof OrderEvent.Offered(var offer) ? offer.drivers() : List.<String>of();
        return order.offers().closed().map(Offer::drivers).orElse(made);
    }

    /// Whether the event is for all drivers: a new order, an order that needs a driver, or one that needs none any
    /// more.
    private static boolean concernsEveryDriver(Order order, OrderEvent event) {
        return switch (event) {
            case OrderEvent.Placed _, OrderEvent.Assigned _ -> true;
            case OrderEvent.StateChanged(var to, var _, var _) ->
                order.driver().isEmpty() && (to == OrderState.READY_FOR_PICKUP || !to.isActive());
            case OrderEvent.Offered(var offer) -> offer.isToAll();
            case OrderEvent.OfferClosed _ ->
                order.offers().closed().filter(Offer::isToAll).isPresent();
            case OrderEvent.Paid _,
                    OrderEvent.HandedBack _,
                    OrderEvent.DriverTakenOver _,
                    OrderEvent.DriverArriving _,
                    OrderEvent.DriverArrived _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.OfferDeclined _,
                    OrderEvent.ProofRecorded _,
                    OrderEvent.OfTimes _,
                    OrderEvent.OfLinks _ -> false;
        };
    }

    static void route(UnitOfWork work, HubEvent event, long sequence) {
        if (event instanceof HubEvent.BackendEmitted(var to, var _, var _)) {
            recipientsOf(to).forEach(recipient -> work.enqueue(recipient, sequence));
        }
        recipientOf(event).ifPresent(recipient -> work.enqueue(recipient, sequence));
    }

    /// The store of an order reads its part of the log, and the sockets of a room have no mailbox.
    private static List<Recipient> recipientsOf(EmitTarget to) {
        return switch (to) {
            case EmitTarget.User(var user) -> List.of(new Recipient.User(user));
            case EmitTarget.RoleMembers(var role) -> List.of(new Recipient.RoleMembers(role));
            case EmitTarget.OrderParties parties ->
                Stream.concat(
                                parties.customer().map(id -> userRecipient(Role.CUSTOMER, id)).stream(),
                                parties.driver().map(id -> userRecipient(Role.DRIVER, id)).stream())
                        .toList();
            case EmitTarget.Room _ -> List.of();
            case EmitTarget.AllUsers _ -> List.of(new Recipient.AllUsers());
        };
    }

    private static Optional<Recipient> recipientOf(HubEvent event) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged _ -> Optional.of(new Recipient.AllUsers());
            case HubEvent.DriverStatusChanged _, HubEvent.AlertOpened _, HubEvent.AlertCleared _ ->
                Optional.empty(); // only administrators see it, in the log
            case HubEvent.BackendEmitted _ -> Optional.empty(); // it may have several
            case HubEvent.UserNotified notified -> Optional.of(new Recipient.User(notified.user()));
            case HubEvent.CouponCreated _ -> Optional.of(new Recipient.RoleMembers(Role.CUSTOMER));
        };
    }
}
