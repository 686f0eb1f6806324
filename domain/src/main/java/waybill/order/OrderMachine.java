package waybill.order;

import static waybill.order.OrderState.DELIVERED;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.NEW;
import static waybill.order.OrderState.READY_FOR_PICKUP;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Repeated;

/// The life of an order, as a table. What is not a row is refused.
///
/// The first driver to act on an order holds it, and it is nobody else's from then on. A driver known only by its
/// connection holds an order as long as that connection lives: after that nobody can be that driver again, so anyone
/// may
/// go on with the parcel.
public final class OrderMachine {

    /// In state `from`, a command of kind `on` moves the order to `to`.
    public record Row(OrderState from, Class<? extends OrderCommand> on, OrderState to) {}

    // spotless:off
    private static final List<Row> TABLE = List.of(
            //      from              on                            to
            new Row(NEW,              OrderCommand.Place.class,     READY_FOR_PICKUP),
            new Row(READY_FOR_PICKUP, OrderCommand.Collect.class,   IN_TRANSIT),
            new Row(READY_FOR_PICKUP, OrderCommand.Deliver.class,   DELIVERED),     // collected and delivered in one step
            new Row(READY_FOR_PICKUP, OrderCommand.Scan.class,      DELIVERED),
            new Row(IN_TRANSIT,       OrderCommand.Collect.class,   IN_TRANSIT),    // after a driver who is gone for good
            new Row(IN_TRANSIT,       OrderCommand.Deliver.class,   DELIVERED),
            new Row(IN_TRANSIT,       OrderCommand.Scan.class,      DELIVERED));
    // spotless:on

    private OrderMachine() {}

    /// Where a command of this kind leads from this state, if anywhere.
    public static Optional<OrderState> next(OrderState from, Class<? extends OrderCommand> on) {
        for (var row : TABLE) {
            if (row.from == from && row.on == on) {
                return Optional.of(row.to);
            }
        }
        return Optional.empty();
    }

    /// Decides what `command` of `by` does to `order`; `present` says whether a connection still lives. Pure: same
    /// arguments, same answer.
    public static Decision decide(Order order, OrderCommand command, Actor by, Predicate<Actor> present) {
        if (isRepeat(order, command, by, present)) {
            return new Repeated(order);
        }
        var holder = order.driver();
        if (holder != null && !holder.equals(by) && !isGone(holder, present)) {
            return new Refused(Reason.CONFLICT, "order " + order.messageId() + " is another driver's");
        }
        var next = next(order.state(), command.getClass());
        if (next.isEmpty()) {
            return new Refused(
                    Reason.CONFLICT,
                    "order " + order.messageId() + ": cannot " + verb(command) + " what is " + words(order.state()));
        }
        return new Accepted(event(order, command), after(order, command, next.get(), by));
    }

    private static boolean isRepeat(Order order, OrderCommand command, Actor by, Predicate<Actor> present) {
        var holder = order.driver();
        var mine = holder != null && holder.equals(by);
        return switch (command) {
            case OrderCommand.Place _ -> order.state() != NEW;
            case OrderCommand.Collect _ -> mine;
            case OrderCommand.Deliver _, OrderCommand.Scan _ ->
                order.state() == DELIVERED && (mine || holder == null || isGone(holder, present));
        };
    }

    private static boolean isGone(Actor holder, Predicate<Actor> present) {
        return switch (holder.kind()) {
            case SOCKET -> !present.test(holder);
            case DRIVER, STORE -> false;
        };
    }

    private static OrderEvent event(Order order, OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place place -> new OrderEvent.Placed(place.payload());
            case OrderCommand.Collect(var payload)
            when order.state() == IN_TRANSIT -> new OrderEvent.HandedOver(payload);
            case OrderCommand.Collect(var payload) -> new OrderEvent.Collected(payload);
            case OrderCommand.Deliver(var payload) -> new OrderEvent.Delivered(payload);
            case OrderCommand.Scan() -> new OrderEvent.Delivered(OrderEvent.NOTHING_SAID);
        };
    }

    private static Order after(Order order, OrderCommand command, OrderState next, Actor by) {
        return switch (command) {
            case OrderCommand.Place _ -> order.placed();
            case OrderCommand.Collect _, OrderCommand.Deliver _, OrderCommand.Scan _ -> order.with(next, by);
        };
    }

    private static String verb(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place _ -> "place";
            case OrderCommand.Collect _ -> "collect";
            case OrderCommand.Deliver _, OrderCommand.Scan _ -> "deliver";
        };
    }

    private static String words(OrderState state) {
        return switch (state) {
            case NEW -> "not placed";
            case READY_FOR_PICKUP -> "ready for pickup";
            case IN_TRANSIT -> "in transit";
            case DELIVERED -> "delivered";
        };
    }
}
