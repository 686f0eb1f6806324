package waybill.order;

import static waybill.order.OrderState.ACCEPTED;
import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.CANCELLED;
import static waybill.order.OrderState.DECLINED;
import static waybill.order.OrderState.DELIVERED;
import static waybill.order.OrderState.EXPIRED;
import static waybill.order.OrderState.FAILED;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.NEW;
import static waybill.order.OrderState.PAYMENT_CONFIRMED;
import static waybill.order.OrderState.PENDING;
import static waybill.order.OrderState.PICKED_UP;
import static waybill.order.OrderState.PREPARING;
import static waybill.order.OrderState.READY_FOR_PICKUP;
import static waybill.order.OrderState.RETURNED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Repeated;
import waybill.order.Decision.Step;

/// The life of an order, as a table. What is not a row is refused.
///
/// The first driver to act on an order holds it, and it is nobody else's from then on, unless somebody in charge gives
/// it to another. A driver known only by its connection holds an order as long as that connection lives: after that
/// nobody can be that driver again, so anyone may go on with the parcel.
public final class OrderMachine {

    /// In state `from`, a command of kind `on` moves the order to `to`.
    public record Row(OrderState from, Class<? extends OrderCommand> on, OrderState to) {}

    // spotless:off
    private static final List<Row> TABLE = List.of(
            //      from                on                            to
            new Row(PENDING,            OrderCommand.Pay.class,       PAYMENT_CONFIRMED),
            new Row(PENDING,            OrderCommand.Accept.class,    ACCEPTED),            // paid at the door
            new Row(PENDING,            OrderCommand.Decline.class,   DECLINED),
            new Row(PENDING,            OrderCommand.Expire.class,    EXPIRED),
            new Row(PENDING,            OrderCommand.Cancel.class,    CANCELLED),
            new Row(PAYMENT_CONFIRMED,  OrderCommand.Accept.class,    ACCEPTED),
            new Row(PAYMENT_CONFIRMED,  OrderCommand.Decline.class,   DECLINED),
            new Row(PAYMENT_CONFIRMED,  OrderCommand.Expire.class,    EXPIRED),
            new Row(PAYMENT_CONFIRMED,  OrderCommand.Cancel.class,    CANCELLED),
            new Row(ACCEPTED,           OrderCommand.Prepare.class,   PREPARING),
            new Row(ACCEPTED,           OrderCommand.MarkReady.class, READY_FOR_PICKUP),    // nothing to prepare
            new Row(ACCEPTED,           OrderCommand.Claim.class,     ACCEPTED),
            new Row(ACCEPTED,           OrderCommand.Assign.class,    ACCEPTED),
            new Row(ACCEPTED,           OrderCommand.Pay.class,       ACCEPTED),
            new Row(ACCEPTED,           OrderCommand.Cancel.class,    CANCELLED),
            new Row(PREPARING,          OrderCommand.MarkReady.class, READY_FOR_PICKUP),
            new Row(PREPARING,          OrderCommand.Claim.class,     PREPARING),
            new Row(PREPARING,          OrderCommand.Assign.class,    PREPARING),
            new Row(PREPARING,          OrderCommand.Pay.class,       PREPARING),
            new Row(PREPARING,          OrderCommand.Cancel.class,    CANCELLED),
            new Row(READY_FOR_PICKUP,   OrderCommand.Claim.class,     ASSIGNED_TO_DRIVER),
            new Row(READY_FOR_PICKUP,   OrderCommand.Assign.class,    ASSIGNED_TO_DRIVER),
            new Row(READY_FOR_PICKUP,   OrderCommand.Pay.class,       READY_FOR_PICKUP),
            new Row(READY_FOR_PICKUP,   OrderCommand.Cancel.class,    CANCELLED),
            new Row(ASSIGNED_TO_DRIVER, OrderCommand.Assign.class,    ASSIGNED_TO_DRIVER),  // to another driver
            new Row(ASSIGNED_TO_DRIVER, OrderCommand.PickUp.class,    PICKED_UP),
            new Row(ASSIGNED_TO_DRIVER, OrderCommand.Pay.class,       ASSIGNED_TO_DRIVER),
            new Row(ASSIGNED_TO_DRIVER, OrderCommand.Cancel.class,    CANCELLED),
            new Row(PICKED_UP,          OrderCommand.Depart.class,    IN_TRANSIT),
            new Row(PICKED_UP,          OrderCommand.Assign.class,    PICKED_UP),
            new Row(PICKED_UP,          OrderCommand.Pay.class,       PICKED_UP),
            new Row(PICKED_UP,          OrderCommand.Fail.class,      FAILED),
            new Row(PICKED_UP,          OrderCommand.Cancel.class,    CANCELLED),
            new Row(IN_TRANSIT,         OrderCommand.Deliver.class,   DELIVERED),
            new Row(IN_TRANSIT,         OrderCommand.Assign.class,    IN_TRANSIT),
            new Row(IN_TRANSIT,         OrderCommand.Pay.class,       IN_TRANSIT),
            new Row(IN_TRANSIT,         OrderCommand.Fail.class,      FAILED),
            new Row(IN_TRANSIT,         OrderCommand.Cancel.class,    CANCELLED),
            new Row(DELIVERED,          OrderCommand.Pay.class,       DELIVERED),           // cash that was handed in
            new Row(FAILED,             OrderCommand.Return.class,    RETURNED));
    // spotless:on

    /// The way of a parcel from its store to its door.
    private static final List<OrderState> CARRIED =
            List.of(READY_FOR_PICKUP, ASSIGNED_TO_DRIVER, PICKED_UP, IN_TRANSIT, DELIVERED);

    private OrderMachine() {}

    /// Where a command of this kind leads from this state, if anywhere. [OrderCommand.Place] leads where it says;
    /// [OrderCommand.Collect] and [OrderCommand.HandOver] take several of these steps.
    public static Optional<OrderState> next(OrderState from, Class<? extends OrderCommand> on) {
        for (var row : TABLE) {
            if (row.from == from && row.on == on) {
                return Optional.of(row.to);
            }
        }
        return Optional.empty();
    }

    /// The rows that lead from this state to another.
    static Stream<Row> from(OrderState state) {
        return TABLE.stream().filter(row -> row.from == state && row.to != state);
    }

    /// Whether this command has no row in the state of the order.
    static boolean leadsNowhere(Order order, OrderCommand command) {
        return steps(order, command).isEmpty();
    }

    /// Decides what `command` does to `order`; `present` says whether a connection still lives. Pure: same arguments,
    /// same answer.
    public static Decision decide(Order order, OrderCommand command, Predicate<Actor> present) {
        if (isRepeat(order, command, present)) {
            return new Repeated(order);
        }
        var claimant = claimant(command);
        if (claimant != null && isAnothers(order, claimant, present)) {
            return new Refused(Reason.CONFLICT, "order " + order.messageId() + " is another driver's");
        }
        var steps = steps(order, command);
        if (steps.isEmpty()) {
            return new Refused(
                    Reason.CONFLICT,
                    "order " + order.messageId() + ": cannot " + verb(command) + " what is " + words(order.state()));
        }
        return wrongAmount(order, command)
                .<Decision>map(why -> new Refused(Reason.WRONG_AMOUNT, why))
                .orElseGet(() -> new Accepted(steps));
    }

    private static Optional<String> wrongAmount(Order order, OrderCommand command) {
        return command instanceof OrderCommand.Pay(var amount, var _)
                ? Payment.objection(order, amount)
                : Optional.empty();
    }

    private static boolean isRepeat(Order order, OrderCommand command, Predicate<Actor> present) {
        var holder = order.driverOrNone();
        return switch (command) {
            case OrderCommand.Place _ -> order.state() != NEW;
            case OrderCommand.Pay _ -> order.isPaid();
            case OrderCommand.Accept _ -> order.state() == ACCEPTED;
            case OrderCommand.Decline _ -> order.state() == DECLINED;
            case OrderCommand.Expire _ -> order.state() == EXPIRED;
            case OrderCommand.Prepare _ -> order.state() == PREPARING;
            case OrderCommand.MarkReady _ -> order.state() == READY_FOR_PICKUP || order.state() == ASSIGNED_TO_DRIVER;
            case OrderCommand.Assign(var driver) ->
                driver.equals(holder) && order.state().isActive();
            case OrderCommand.Claim(var driver) ->
                driver.equals(holder) && order.state().isActive();
            case OrderCommand.PickUp _ -> order.state() == PICKED_UP;
            case OrderCommand.Depart _ -> order.state() == IN_TRANSIT;
            case OrderCommand.Deliver _ -> order.state() == DELIVERED;
            case OrderCommand.Cancel _ -> order.state() == CANCELLED;
            case OrderCommand.Fail _ -> order.state() == FAILED;
            case OrderCommand.Return _ -> order.state() == RETURNED;
            case OrderCommand.Collect(var driver, var _) ->
                driver.equals(holder) && (order.state() == IN_TRANSIT || order.state() == DELIVERED);
            case OrderCommand.HandOver(var driver, var _) ->
                order.state() == DELIVERED && !isAnothers(order, driver, present);
        };
    }

    /// The driver who wants to hold the order, if the command is about that.
    private static @Nullable Actor claimant(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Claim(var driver) -> driver;
            case OrderCommand.Collect(var driver, var _) -> driver;
            case OrderCommand.HandOver(var driver, var _) -> driver;
            case OrderCommand.Place _,
                    OrderCommand.Pay _,
                    OrderCommand.Accept _,
                    OrderCommand.Decline _,
                    OrderCommand.Expire _,
                    OrderCommand.Prepare _,
                    OrderCommand.MarkReady _,
                    OrderCommand.Assign _,
                    OrderCommand.PickUp _,
                    OrderCommand.Depart _,
                    OrderCommand.Deliver _,
                    OrderCommand.Cancel _,
                    OrderCommand.Fail _,
                    OrderCommand.Return _ -> null;
        };
    }

    private static boolean isAnothers(Order order, Actor driver, Predicate<Actor> present) {
        var holder = order.driverOrNone();
        return holder != null && !holder.equals(driver) && (holder.kind() != Actor.Kind.SOCKET || present.test(holder));
    }

    /// Empty when the command leads nowhere from here.
    private static List<Step> steps(Order order, OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place place ->
                List.of(new Step(new OrderEvent.Placed(place.as(), place.payload()), order.in(place.as())));
            case OrderCommand.Collect(var driver, var payload) -> carried(order, driver, payload, IN_TRANSIT);
            case OrderCommand.HandOver(var driver, var payload) -> carried(order, driver, payload, DELIVERED);
            case OrderCommand.Pay(var amount, var method) ->
                paid(order, command, new OrderEvent.Paid(amount, method), order.paid(amount));
            case OrderCommand.Assign(var driver) ->
                stepped(order, command, assigned(order, driver), order.with(driver));
            case OrderCommand.Claim(var driver) -> stepped(order, command, assigned(order, driver), order.with(driver));
            case OrderCommand.MarkReady _ -> readied(order, moved(order, command, ""));
            case OrderCommand.Decline(var reason) -> moved(order, command, reason);
            case OrderCommand.Cancel(var reason) -> moved(order, command, reason);
            case OrderCommand.Fail(var reason) -> moved(order, command, reason);
            case OrderCommand.Accept _,
                    OrderCommand.Expire _,
                    OrderCommand.Prepare _,
                    OrderCommand.PickUp _,
                    OrderCommand.Depart _,
                    OrderCommand.Deliver _,
                    OrderCommand.Return _ -> moved(order, command, "");
        };
    }

    private static List<Step> moved(Order order, OrderCommand command, String reason) {
        return next(order.state(), command.getClass())
                .map(to -> List.of(move(order, to, reason, OrderEvent.NOTHING_SAID)))
                .orElse(List.of());
    }

    /// An event of its own, and the move to another state that may come with it.
    private static List<Step> stepped(Order order, OrderCommand command, OrderEvent event, Order after) {
        var to = next(order.state(), command.getClass());
        if (to.isEmpty()) {
            return List.of();
        }
        var first = new Step(event, after);
        return to.get() == order.state()
                ? List.of(first)
                : List.of(first, move(after, to.get(), "", OrderEvent.NOTHING_SAID));
    }

    /// A part of what it costs is only noted.
    private static List<Step> paid(Order order, OrderCommand command, OrderEvent.Paid event, Order after) {
        var steps = stepped(order, command, event, after);
        return steps.isEmpty() || after.isPaid() ? steps : List.of(steps.getFirst());
    }

    /// What is ready and has its driver already goes on to be assigned.
    private static List<Step> readied(Order order, List<Step> ready) {
        return ready.isEmpty() || order.driverOrNone() == null
                ? ready
                : List.of(
                        ready.getFirst(),
                        move(ready.getFirst().next(), ASSIGNED_TO_DRIVER, "", OrderEvent.NOTHING_SAID));
    }

    /// All that lies between what is ready and what a driver says it has done.
    private static List<Step> carried(Order order, Actor driver, String payload, OrderState until) {
        var from = CARRIED.indexOf(order.state());
        if (from < 0) {
            return List.of();
        }
        var steps = new ArrayList<Step>();
        var now = order;
        if (now.driverOrNone() == null && now.state() == READY_FOR_PICKUP) {
            steps.add(new Step(assigned(now, driver), now.with(driver)));
            now = now.with(driver);
        } else if (!driver.equals(now.driverOrNone())) {
            now = now.with(driver);
            steps.add(new Step(new OrderEvent.HandedOver(driver, payload), now));
        }
        for (var to : CARRIED.subList(from + 1, Math.max(from, CARRIED.indexOf(until)) + 1)) {
            var step = move(now, to, "", to == IN_TRANSIT || to == DELIVERED ? payload : OrderEvent.NOTHING_SAID);
            steps.add(step);
            now = step.next();
        }
        return now.state() == until ? steps : List.of();
    }

    private static OrderEvent assigned(Order order, Actor driver) {
        return new OrderEvent.Assigned(driver, order.driverOrNone());
    }

    private static Step move(Order order, OrderState to, String reason, String payload) {
        return new Step(new OrderEvent.Moved(to, reason, payload), order.in(to));
    }

    private static String verb(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place _ -> "place";
            case OrderCommand.Pay _ -> "pay for";
            case OrderCommand.Accept _ -> "accept";
            case OrderCommand.Decline _ -> "decline";
            case OrderCommand.Expire _ -> "expire";
            case OrderCommand.Prepare _ -> "prepare";
            case OrderCommand.MarkReady _ -> "have ready";
            case OrderCommand.Assign _ -> "assign";
            case OrderCommand.Claim _ -> "claim";
            case OrderCommand.PickUp _ -> "pick up";
            case OrderCommand.Depart _ -> "leave with";
            case OrderCommand.Deliver _, OrderCommand.HandOver _ -> "deliver";
            case OrderCommand.Cancel _ -> "cancel";
            case OrderCommand.Fail _ -> "fail to deliver";
            case OrderCommand.Return _ -> "return";
            case OrderCommand.Collect _ -> "collect";
        };
    }

    private static String words(OrderState state) {
        return state == NEW ? "not placed" : state.word();
    }
}
