package waybill.hub.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;

class ArrivalTrackerTest {

    private static final double METRES_PER_DEGREE = 111_195.08;
    private static final Position STORE = new Position(59.91, 10.75);
    private static final Position ANNA = north(STORE, 3_000);
    private static final Position BEN = north(STORE, 6_000);
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Actor KARI = Actor.driver("kari");

    private final ActiveOrders active = new ActiveOrders();
    private final List<String> events = new ArrayList<>();
    private final List<OrderRequest> waiting = new ArrayList<>();
    private final List<CompletableFuture<OrderResult>> answers = new ArrayList<>();
    private ArrivalTracker tracker = tracker();
    private boolean isJournalOpen = true;
    private boolean isJournalSlow;
    private long sequence = 100;
    private int requests;
    private int second;

    private ArrivalTracker tracker() {
        return new ArrivalTracker(
                active,
                order -> order.details().pickup(),
                request ->
                        Travel.routed(Math.round(request.straightMetres() * 200), request.straightMetres(), List.of()),
                this::handle,
                InstantSource.fixed(START.plusSeconds(100_000)));
    }

    /// As the journal and then the relay do.
    private CompletableFuture<OrderResult> handle(OrderRequest request) {
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

    private OrderResult decide(OrderRequest request) {
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

    private static String describe(Order order, OrderEvent event) {
        return order.messageId() + " "
                + switch (event) {
                    case OrderEvent.DriverArriving(var stop, var _, var _) -> "arriving " + stop;
                    case OrderEvent.DriverArrived(var stop, var at) -> "arrived " + stop + " " + secondOf(at);
                    case OrderEvent.ArrivalCorrected(var stop, var at) -> "corrected " + stop + " " + secondOf(at);
                    default -> event.toString();
                };
    }

    private static long secondOf(Instant at) {
        return at.getEpochSecond() - START.getEpochSecond();
    }

    @Test
    void aDriverArrivesOnceAtTheStoreAndOnceAtTheCustomer() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        drive(north(STORE, -1_000), 1);
        stay(STORE, 60);
        assertThat(events).containsExactly("m1 arriving PICKUP", "m1 arrived PICKUP 10");

        pickUp(order);
        drive(north(STORE, 1_500), 5);
        stay(ANNA, 60);
        drive(north(STORE, 1_500), 5);
        stay(ANNA, 60);
        assertThat(events.subList(2, events.size())).containsExactly("m1 arriving DROPOFF", "m1 arrived DROPOFF 80");
        assertThat(requests).as("one for each event").isEqualTo(4);
    }

    @Test
    void severalOrdersAtOneCustomerHaveAnEventEach() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        order("m2", OrderState.PICKED_UP, STORE, north(ANNA, 10));
        order("m3", OrderState.PICKED_UP, STORE, BEN);
        stay(ANNA, 60);
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "m1 arriving DROPOFF", "m2 arriving DROPOFF", "m1 arrived DROPOFF 0", "m2 arrived DROPOFF 0");
    }

    @Test
    void noCustomerIsToldOfADriverThatGoesToAnotherBefore() {
        var first = order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        order("m2", OrderState.IN_TRANSIT, STORE, BEN);
        stay(BEN, 60);
        assertThat(events).isEmpty();

        active.apply(first.withState(OrderState.DELIVERED).withSequence(++sequence));
        stay(BEN, 60);
        assertThat(events).containsExactly("m2 arriving DROPOFF", "m2 arrived DROPOFF 60");
    }

    @Test
    void aStoreIsNotToldOfADriverThatPassesOnItsWayToACustomer() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        order("m2", OrderState.ASSIGNED_TO_DRIVER, STORE, BEN);
        drive(north(STORE, 300), 10);
        assertThat(events).isEmpty();
        stay(STORE, 60);
        assertThat(events).as("it has come all the same").containsExactly("m2 arrived PICKUP 10");
    }

    @Test
    void aStopWithoutCoordinatesHasNoArrivals() {
        order("m1", OrderState.IN_TRANSIT, STORE, null);
        stay(ANNA, 60);
        assertThat(events).isEmpty();
    }

    @Test
    void anArrivalThatTheJournalDoesNotTakeIsStoredWithTheNextFix() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        isJournalOpen = false;
        stay(ANNA, 60);
        assertThat(events).isEmpty();
        assertThat(tracker.postponedCount()).isPositive();

        isJournalOpen = true;
        stay(ANNA, 2);
        assertThat(events).containsExactly("m1 arrived DROPOFF 0");
    }

    @Test
    void reportsInFlightAreLimitedAndNoneIsSentTwice() {
        isJournalSlow = true;
        var drivers = ArrivalReports.IN_FLIGHT_MAX + 10;
        for (var i = 0; i < drivers; i++) {
            order("m" + i, OrderState.IN_TRANSIT, STORE, ANNA, Actor.driver("d" + i));
        }
        for (var round = 0; round < 4; round++) {
            second++;
            for (var i = 0; i < drivers; i++) {
                tracker.accept(fix("d" + i, north(ANNA, 200), second), FixStatus.ACCEPTED, now());
            }
        }
        assertThat(waiting).hasSize(ArrivalReports.IN_FLIGHT_MAX);

        isJournalSlow = false;
        IntStream.range(0, waiting.size()).forEach(i -> answers.get(i).complete(decide(waiting.get(i))));
        second++;
        for (var i = 0; i < drivers; i++) {
            tracker.accept(fix("d" + i, north(ANNA, 200), second), FixStatus.ACCEPTED, now());
        }
        assertThat(events).hasSize(drivers).doesNotHaveDuplicates();
    }

    @Test
    void afterARestartTheTrackerContinuesFromTheOrdersArrivals() {
        order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        drive(north(STORE, -200), 10);
        tracker = tracker();
        stay(STORE, 60);
        tracker = tracker();
        stay(STORE, 60);
        assertThat(events).containsExactly("m1 arriving PICKUP", "m1 arrived PICKUP 10");
    }

    @Test
    void anotherDriverArrivesAnew() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        stay(STORE, 60);
        active.apply(active.byId(order.id())
                .orElseThrow()
                .withDriver(Actor.driver("ola"))
                .withSequence(++sequence));
        tracker.startStop(order.id(), atMs(second));
        stay(STORE, 60);
        for (var i = 0; i < 60; i++) {
            tracker.accept(fix("ola", STORE, second++), FixStatus.ACCEPTED, now());
        }
        assertThat(events)
                .containsExactly(
                        "m1 arriving PICKUP", "m1 arrived PICKUP 0", "m1 arriving PICKUP", "m1 arrived PICKUP 120");
    }

    @Test
    void aDriverThatGetsAnOrderBackArrivesAnew() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        stay(STORE, 60);
        for (var driver : List.of("ola", "kari")) {
            active.apply(active.byId(order.id())
                    .orElseThrow()
                    .withDriver(Actor.driver(driver))
                    .withSequence(++sequence));
            tracker.startStop(order.id(), atMs(second));
        }
        stay(STORE, 60);
        assertThat(events).hasSize(4).endsWith("m1 arrived PICKUP 60");
    }

    @Test
    void fixesFromBeforeTheAssignmentAreNoArrival() {
        var order = order("m1", OrderState.ASSIGNED_TO_DRIVER, STORE, ANNA);
        tracker.startStop(order.id(), atMs(100));
        stay(STORE, 90);
        assertThat(events).isEmpty();
        second = 100;
        stay(STORE, 30);
        assertThat(events).containsExactly("m1 arriving PICKUP", "m1 arrived PICKUP 100");
    }

    @Test
    void anOfflineBufferHasAnArrivalAndNoAnnouncementOfThePast() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        var buffer = new ArrayList<ClassifiedFix>();
        for (var i = 0; i < 60; i++) {
            var place = i < 20 ? north(ANNA, 2_000 - i * 100) : i < 40 ? ANNA : north(ANNA, (i - 40) * 100);
            buffer.add(new ClassifiedFix(fix("kari", place, i * 5), FixStatus.ACCEPTED));
        }
        tracker.acceptAll("kari", buffer, atMs(3_600));
        assertThat(events).containsExactly("m1 arrived DROPOFF 100");
    }

    @Test
    void lateFixesCorrectAnArrivalAndMakeNoSecondOne() {
        order("m1", OrderState.IN_TRANSIT, STORE, ANNA);
        second = 100;
        stay(ANNA, 60);
        assertThat(events).containsExactly("m1 arriving DROPOFF", "m1 arrived DROPOFF 100");
        var late = IntStream.range(40, 100)
                .mapToObj(i -> new ClassifiedFix(fix("kari", i < 60 ? north(ANNA, 900) : ANNA, i), FixStatus.STALE))
                .toList();
        tracker.acceptAll("kari", late, now());
        tracker.accept(fix("kari", ANNA, 59), FixStatus.STALE, now());
        tracker.accept(fix("kari", ANNA, 58), FixStatus.IMPLAUSIBLE, now());
        assertThat(events.subList(2, events.size())).containsExactly("m1 corrected DROPOFF 60");
    }

    private Order order(String name, OrderState state, Position store, @Nullable Position customer) {
        return order(name, state, store, customer, KARI);
    }

    private Order order(String name, OrderState state, Position store, @Nullable Position customer, Actor driver) {
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

    private void pickUp(Order order) {
        var ready = active.byId(order.id()).orElseThrow();
        var decision = OrderStateMachine.decide(ready, new OrderCommand.PickUp(), _ -> true, OfferPolicy.TO_ALL, START);
        active.apply(((Decision.Accepted) decision).finalOrder().withSequence(++sequence));
        tracker.startStop(order.id(), atMs(second));
    }

    /// Some seconds at a place, with a fix a second.
    private void stay(Position place, int seconds) {
        for (var i = 0; i < seconds; i++) {
            tracker.accept(fix("kari", place, second++), FixStatus.ACCEPTED, now());
        }
    }

    /// One fix that is so many seconds from the next.
    private void drive(Position place, int seconds) {
        tracker.accept(fix("kari", place, second), FixStatus.ACCEPTED, now());
        second += Math.max(10, seconds);
    }

    private long now() {
        return atMs(second);
    }

    private static long atMs(int second) {
        return START.toEpochMilli() + second * 1_000L;
    }

    private static Fix fix(String driver, Position place, int second) {
        return new Fix(driver, place, Fix.UNKNOWN, Fix.UNKNOWN, 5, atMs(second), atMs(second));
    }

    private static Position north(Position place, double metres) {
        return new Position(place.latitude() + metres / METRES_PER_DEGREE, place.longitude());
    }
}
