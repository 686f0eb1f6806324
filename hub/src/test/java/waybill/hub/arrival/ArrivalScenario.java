package waybill.hub.arrival;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.eta.Travel;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.UnavailableException;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.Decision;
import waybill.order.OfferPolicy;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderStateMachine;
import waybill.order.OrderTimes;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;

/// A tracker of arrivals, with orders and drivers whose positions are reported to it.
abstract class ArrivalScenario {

    static final double METRES_PER_DEGREE = 111_195.08;
    static final Position STORE = new Position(59.91, 10.75);
    static final Position ANNA = north(STORE, 3_000);
    static final Position BEN = north(STORE, 6_000);
    static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    static final Actor KARI = Actor.driver("kari");

    final ActiveOrders active = new ActiveOrders();
    final List<String> events = new ArrayList<>();
    final List<OrderRequest> waiting = new ArrayList<>();
    final List<CompletableFuture<OrderResult>> answers = new ArrayList<>();
    ArrivalTracker tracker = tracker();
    boolean isJournalOpen = true;
    boolean isJournalSlow;
    long sequence = 100;
    int requests;
    int second;

    ArrivalTracker tracker() {
        return new ArrivalTracker(
                active,
                order -> order.details().pickup(),
                request ->
                        Travel.routed(Math.round(request.straightMetres() * 200), request.straightMetres(), List.of()),
                this::handle,
                InstantSource.fixed(START.plusSeconds(100_000)));
    }

    /// As the journal and then the relay do.
    CompletableFuture<OrderResult> handle(OrderRequest request) {
        requests++;
        if (!isJournalOpen) {
            return CompletableFuture.failedFuture(new UnavailableException("disk full", Duration.ofSeconds(1)));
        }
        if (isJournalSlow) {
            waiting.add(request);
            answers.add(new CompletableFuture<>());
            return answers.getLast();
        }
        return CompletableFuture.completedFuture(decide(request));
    }

    OrderResult decide(OrderRequest request) {
        var id = ((OrderReference.ById) request.order()).id();
        var order = active.byId(id).orElseThrow();
        return switch (OrderStateMachine.decide(order, request.command(), _ -> true, OfferPolicy.TO_ALL, START)) {
            case Decision.Accepted(var steps) -> {
                for (var step : steps) {
                    order = step.orderAfter().withSequence(++sequence);
                    events.add(describe(order, step.event()));
                }
                active.apply(order);
                yield new OrderResult.Committed(order, order.lastSequence());
            }
            case Decision.AlreadyDone(var same) -> new OrderResult.Duplicate(same);
            case Decision.Refused(var reason, var message) -> new OrderResult.Rejected(reason, message);
        };
    }

    static String describe(Order order, OrderEvent event) {
        return order.messageId() + " "
                + switch (event) {
                    case OrderEvent.DriverArriving(var stop, var _, var _) -> "arriving " + stop;
                    case OrderEvent.DriverArrived(var stop, var at) -> "arrived " + stop + " " + secondOf(at);
                    case OrderEvent.ArrivalCorrected(var stop, var at) -> "corrected " + stop + " " + secondOf(at);
                    default -> event.toString();
                };
    }

    static long secondOf(Instant at) {
        return at.getEpochSecond() - START.getEpochSecond();
    }

    Order order(String name, OrderState state, Position store, @Nullable Position customer) {
        return order(name, state, store, customer, KARI);
    }

    Order order(String name, OrderState state, Position store, @Nullable Position customer, Actor driver) {
        var order = new Order(
                new OrderId(new UUID(1, ++sequence)),
                "WB-1",
                "acme",
                name,
                name,
                state,
                driver,
                0,
                new OrderDetails(
                        new Customer(null, "", null),
                        new Address("", store),
                        new Address("", customer),
                        List.of(),
                        null,
                        null),
                START.minusSeconds(600),
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                sequence);
        active.apply(order);
        return order;
    }

    void pickUp(Order order) {
        var ready = active.byId(order.id()).orElseThrow();
        var decision = OrderStateMachine.decide(ready, new OrderCommand.PickUp(), _ -> true, OfferPolicy.TO_ALL, START);
        active.apply(((Decision.Accepted) decision).finalOrder().withSequence(++sequence));
        tracker.startStop(order.id(), atMs(second));
    }

    /// Some seconds at a place, with a fix a second.
    void stay(Position place, int seconds) {
        for (var i = 0; i < seconds; i++) {
            tracker.accept(fix("kari", place, second++), FixStatus.ACCEPTED, now());
        }
    }

    /// One fix that is so many seconds from the next.
    void drive(Position place, int seconds) {
        tracker.accept(fix("kari", place, second), FixStatus.ACCEPTED, now());
        second += Math.max(10, seconds);
    }

    long now() {
        return atMs(second);
    }

    static long atMs(int second) {
        return START.toEpochMilli() + second * 1_000L;
    }

    static Fix fix(String driver, Position place, int second) {
        return new Fix(driver, place, Fix.UNKNOWN, Fix.UNKNOWN, 5, atMs(second), atMs(second));
    }

    static Position north(Position place, double metres) {
        return new Position(place.latitude() + metres / METRES_PER_DEGREE, place.longitude());
    }
}
