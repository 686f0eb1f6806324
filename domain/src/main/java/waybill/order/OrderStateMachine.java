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

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Step;

/// The lifecycle of an order, as a table. A command without a row is refused.
///
/// The first driver to act on an order holds it until the store or an admin assigns another. An anonymous driver
/// holds an order as long as its connection lives: after that the driver cannot be identified again, so any driver
/// may continue with the parcel.
public final class OrderStateMachine {

    /// In state `from`, a command of kind `command` moves the order to `to`.
    public record Transition(OrderState from, Class<? extends OrderCommand> command, OrderState to) {}

    // spotless:off
    private static final List<Transition> TRANSITIONS = List.of(
            //             from                command                          to
            new Transition(PENDING,            OrderCommand.Pay.class,          PAYMENT_CONFIRMED),
            new Transition(PENDING,            OrderCommand.Accept.class,       ACCEPTED),           // paid on delivery
            new Transition(PENDING,            OrderCommand.Decline.class,      DECLINED),
            new Transition(PENDING,            OrderCommand.Expire.class,       EXPIRED),
            new Transition(PENDING,            OrderCommand.Cancel.class,       CANCELLED),
            new Transition(PAYMENT_CONFIRMED,  OrderCommand.Accept.class,       ACCEPTED),
            new Transition(PAYMENT_CONFIRMED,  OrderCommand.Decline.class,      DECLINED),
            new Transition(PAYMENT_CONFIRMED,  OrderCommand.Expire.class,       EXPIRED),
            new Transition(PAYMENT_CONFIRMED,  OrderCommand.Cancel.class,       CANCELLED),
            new Transition(ACCEPTED,           OrderCommand.Prepare.class,      PREPARING),
            new Transition(ACCEPTED,           OrderCommand.MarkReady.class,    READY_FOR_PICKUP),   // nothing to prepare
            new Transition(ACCEPTED,           OrderCommand.Claim.class,        ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.MakeOffer.class,    ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.AcceptOffer.class,  ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.DeclineOffer.class, ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.CloseOffer.class,   ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.Assign.class,       ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.HandBack.class,     ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.Pay.class,          ACCEPTED),
            new Transition(ACCEPTED,           OrderCommand.Cancel.class,       CANCELLED),
            new Transition(PREPARING,          OrderCommand.MarkReady.class,    READY_FOR_PICKUP),
            new Transition(PREPARING,          OrderCommand.Claim.class,        PREPARING),
            new Transition(PREPARING,          OrderCommand.MakeOffer.class,    PREPARING),
            new Transition(PREPARING,          OrderCommand.AcceptOffer.class,  PREPARING),
            new Transition(PREPARING,          OrderCommand.DeclineOffer.class, PREPARING),
            new Transition(PREPARING,          OrderCommand.CloseOffer.class,   PREPARING),
            new Transition(PREPARING,          OrderCommand.Assign.class,       PREPARING),
            new Transition(PREPARING,          OrderCommand.HandBack.class,     PREPARING),
            new Transition(PREPARING,          OrderCommand.Pay.class,          PREPARING),
            new Transition(PREPARING,          OrderCommand.Cancel.class,       CANCELLED),
            new Transition(READY_FOR_PICKUP,   OrderCommand.Claim.class,        ASSIGNED_TO_DRIVER),
            new Transition(READY_FOR_PICKUP,   OrderCommand.MakeOffer.class,    READY_FOR_PICKUP),
            new Transition(READY_FOR_PICKUP,   OrderCommand.AcceptOffer.class,  ASSIGNED_TO_DRIVER),
            new Transition(READY_FOR_PICKUP,   OrderCommand.DeclineOffer.class, READY_FOR_PICKUP),
            new Transition(READY_FOR_PICKUP,   OrderCommand.CloseOffer.class,   READY_FOR_PICKUP),
            new Transition(READY_FOR_PICKUP,   OrderCommand.Assign.class,       ASSIGNED_TO_DRIVER),
            new Transition(READY_FOR_PICKUP,   OrderCommand.Pay.class,          READY_FOR_PICKUP),
            new Transition(READY_FOR_PICKUP,   OrderCommand.Cancel.class,       CANCELLED),
            new Transition(ASSIGNED_TO_DRIVER, OrderCommand.Assign.class,       ASSIGNED_TO_DRIVER), // to another driver
            new Transition(ASSIGNED_TO_DRIVER, OrderCommand.HandBack.class,     READY_FOR_PICKUP),
            new Transition(ASSIGNED_TO_DRIVER, OrderCommand.PickUp.class,       PICKED_UP),
            new Transition(ASSIGNED_TO_DRIVER, OrderCommand.Pay.class,          ASSIGNED_TO_DRIVER),
            new Transition(ASSIGNED_TO_DRIVER, OrderCommand.Cancel.class,       CANCELLED),
            new Transition(PICKED_UP,          OrderCommand.StartTransit.class, IN_TRANSIT),
            new Transition(PICKED_UP,          OrderCommand.Assign.class,       PICKED_UP),
            new Transition(PICKED_UP,          OrderCommand.Pay.class,          PICKED_UP),
            new Transition(PICKED_UP,          OrderCommand.Fail.class,         FAILED),
            new Transition(PICKED_UP,          OrderCommand.Cancel.class,       CANCELLED),
            new Transition(IN_TRANSIT,         OrderCommand.Deliver.class,      DELIVERED),
            new Transition(IN_TRANSIT,         OrderCommand.Assign.class,       IN_TRANSIT),
            new Transition(IN_TRANSIT,         OrderCommand.Pay.class,          IN_TRANSIT),
            new Transition(IN_TRANSIT,         OrderCommand.Fail.class,         FAILED),
            new Transition(IN_TRANSIT,         OrderCommand.Cancel.class,       CANCELLED),
            new Transition(DELIVERED,          OrderCommand.Pay.class,          DELIVERED),          // cash that was handed in
            new Transition(FAILED,             OrderCommand.Return.class,       RETURNED));
    // spotless:on

    private OrderStateMachine() {}

    /// The state that a command of this kind leads to, if it has a row. [OrderCommand.CollectParcel] and
    /// [OrderCommand.DeliverParcel] take several of these steps.
    public static Optional<OrderState> nextState(OrderState from, Class<? extends OrderCommand> on) {
        for (var row : TRANSITIONS) {
            if (row.from == from && row.command == on) {
                return Optional.of(row.to);
            }
        }
        return Optional.empty();
    }

    /// The transitions from this state to another.
    static Stream<Transition> transitionsFrom(OrderState state) {
        return TRANSITIONS.stream().filter(row -> row.from == state && row.to != state);
    }

    /// Whether this command has no row in the state of the order.
    public static boolean hasNoTransition(Order order, OrderCommand command) {
        return steps(order, command).isEmpty();
    }

    /// Decides what `command` does to `order` at the time `now`; `isConnected` tests whether a connection still
    /// lives. Pure.
    public static Decision decide(
            Order order, OrderCommand command, Predicate<Actor> isConnected, OfferPolicy policy, Instant now) {
        if (isRepeat(order, command, isConnected)) {
            return new AlreadyDone(order);
        }
        var claimant = command.claimant();
        if (claimant.isPresent() && isHeldByAnotherDriver(order, claimant.get(), isConnected)) {
            return new Refused(Reason.CONFLICT, "order " + order.messageId() + " is another driver's");
        }
        var withoutDriver = HandBackRules.refusal(order, command);
        if (withoutDriver.isPresent()) {
            return withoutDriver.get();
        }
        var steps = steps(order, command);
        if (steps.isEmpty()) {
            return new Refused(
                    Reason.CONFLICT,
                    "order " + order.messageId() + ": cannot " + command.verb() + " in state "
                            + order.state().wireName());
        }
        return amountError(order, command)
                .map(why -> new Refused(Reason.WRONG_AMOUNT, why))
                .or(() -> ProofRules.refusal(order, command))
                .or(() -> OfferRules.refusal(order, command, now))
                .<Decision>map(refused -> refused)
                .orElseGet(() -> new Accepted(OfferRules.withOffers(order.offers(), steps, policy, now)));
    }

    private static Optional<String> amountError(Order order, OrderCommand command) {
        return command instanceof OrderCommand.Pay(var amount, var _)
                ? PaymentRules.findRejection(order, amount)
                : Optional.empty();
    }

    private static boolean isRepeat(Order order, OrderCommand command, Predicate<Actor> isConnected) {
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
            case OrderCommand.OnOffer onOffer -> OfferRules.isRepeat(order, onOffer);
            case OrderCommand.HandBack handBack -> HandBackRules.isRepeat(order, handBack);
            case OrderCommand.PickUp _ -> order.state() == PICKED_UP;
            case OrderCommand.StartTransit _ -> order.state() == IN_TRANSIT;
            case OrderCommand.Deliver _ -> order.state() == DELIVERED;
            case OrderCommand.Cancel _ -> order.state() == CANCELLED;
            case OrderCommand.Fail _ -> order.state() == FAILED;
            case OrderCommand.Return _ -> order.state() == RETURNED;
            case OrderCommand.CollectParcel(var driver, var _) ->
                driver.equals(holder) && (order.state() == IN_TRANSIT || order.state() == DELIVERED);
            case OrderCommand.DeliverParcel(var driver, var _) ->
                order.state() == DELIVERED && !isHeldByAnotherDriver(order, driver, isConnected);
            case OrderCommand.ScanParcel scan ->
                order.state() == DELIVERED && !isHeldByAnotherDriver(order, scan.driver(), isConnected);
            case OrderCommand.RecordProof proof -> ProofRules.isRepeat(order, proof);
            case OrderCommand.ArrivalReport report -> ArrivalRules.isRepeat(order, report);
            case OrderCommand.OnTimes onTimes -> TimeRules.isRepeat(order, onTimes);
        };
    }

    private static boolean isHeldByAnotherDriver(Order order, Actor driver, Predicate<Actor> isConnected) {
        var holder = order.driverOrNone();
        return holder != null
                && !holder.equals(driver)
                && (holder.kind() != Actor.Kind.SOCKET || isConnected.test(holder));
    }

    /// Empty when the command has no transition from the order's state.
    private static List<Step> steps(Order order, OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place place ->
                List.of(new Step(new OrderEvent.Placed(place.initialState()), order.withState(place.initialState())));
            case OrderCommand.CollectParcel(var driver, var document) ->
                DeliverySteps.of(order, driver, document, IN_TRANSIT);
            case OrderCommand.DeliverParcel(var driver, var document) ->
                DeliverySteps.of(order, driver, document, DELIVERED);
            case OrderCommand.ScanParcel scan -> ProofRules.steps(order, scan);
            case OrderCommand.RecordProof proof -> ProofRules.steps(order, proof);
            case OrderCommand.Pay(var amount, var method) ->
                paymentSteps(order, command, new OrderEvent.Paid(amount, method), order.paid(amount));
            case OrderCommand.Assign(var driver) ->
                eventWithTransition(order, command, assignmentEvent(order, driver), order.withDriver(driver));
            case OrderCommand.Claim(var driver) ->
                eventWithTransition(order, command, assignmentEvent(order, driver), order.withDriver(driver));
            case OrderCommand.AcceptOffer(var driver) ->
                eventWithTransition(order, command, assignmentEvent(order, driver), order.withDriver(driver));
            case OrderCommand.MakeOffer(var offer) ->
                eventWithTransition(order, command, new OrderEvent.Offered(offer), order);
            case OrderCommand.DeclineOffer(var driver, var reason) ->
                eventWithTransition(order, command, new OrderEvent.OfferDeclined(driver, reason), order);
            case OrderCommand.CloseOffer(var round, var reason) ->
                eventWithTransition(order, command, new OrderEvent.OfferClosed(round, reason), order);
            case OrderCommand.HandBack handBack -> HandBackRules.steps(order, handBack);
            case OrderCommand.MarkReady _ -> readySteps(order, transition(order, command, ""));
            case OrderCommand.ArrivalReport report -> ArrivalRules.steps(order, report);
            case OrderCommand.OnTimes onTimes -> TimeRules.steps(order, onTimes);
            case OrderCommand.Accept(var readyAt) -> TimeRules.withReadyTime(transition(order, command, ""), readyAt);
            case OrderCommand.Decline(var reason) -> transition(order, command, reason);
            case OrderCommand.Cancel(var reason) -> transition(order, command, reason);
            case OrderCommand.Fail(var reason) -> transition(order, command, reason);
            case OrderCommand.Expire _,
                    OrderCommand.Prepare _,
                    OrderCommand.PickUp _,
                    OrderCommand.StartTransit _,
                    OrderCommand.Deliver _,
                    OrderCommand.Return _ -> transition(order, command, "");
        };
    }

    private static List<Step> transition(Order order, OrderCommand command, String reason) {
        return nextState(order.state(), command.getClass())
                .map(to -> List.of(stateChange(order, to, reason, OrderEvent.NO_DOCUMENT)))
                .orElse(List.of());
    }

    /// An event, and the state change that may follow it.
    private static List<Step> eventWithTransition(Order order, OrderCommand command, OrderEvent event, Order after) {
        var to = nextState(order.state(), command.getClass());
        if (to.isEmpty()) {
            return List.of();
        }
        var first = new Step(event, after);
        return to.get() == order.state()
                ? List.of(first)
                : List.of(first, stateChange(after, to.get(), "", OrderEvent.NO_DOCUMENT));
    }

    /// A partial payment does not change the state.
    private static List<Step> paymentSteps(Order order, OrderCommand command, OrderEvent.Paid event, Order after) {
        var steps = eventWithTransition(order, command, event, after);
        return steps.isEmpty() || after.isPaid() ? steps : List.of(steps.getFirst());
    }

    /// An order with a driver becomes assigned as soon as it is ready.
    private static List<Step> readySteps(Order order, List<Step> ready) {
        return ready.isEmpty() || order.driverOrNone() == null
                ? ready
                : List.of(
                        ready.getFirst(),
                        stateChange(ready.getFirst().orderAfter(), ASSIGNED_TO_DRIVER, "", OrderEvent.NO_DOCUMENT));
    }

    static OrderEvent assignmentEvent(Order order, Actor driver) {
        return new OrderEvent.Assigned(driver, order.driverOrNone());
    }

    static Step stateChange(Order order, OrderState to, String reason, String document) {
        return new Step(new OrderEvent.StateChanged(to, reason, document), order.withState(to));
    }
}
