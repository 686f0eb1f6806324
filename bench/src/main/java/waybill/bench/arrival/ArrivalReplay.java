package waybill.bench.arrival;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import waybill.arrival.StopArrival;
import waybill.bench.arrival.Trace.Visit;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.arrival.ArrivalTracker;
import waybill.hub.projection.ActiveOrders;
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
import waybill.tracking.DriverTrack;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// The fixes of a driver with an order for each of its stops, from the classification of the hub to the decision
/// whether an arrival is news. The driver delivers an order when it leaves its stop.
final class ArrivalReplay {

    static final String DRIVER = "d";
    private static final Actor ACTOR = Actor.driver(DRIVER);

    /// What happened at one stop.
    ///
    /// @param arrivedAtMs the time of each arrival; one is expected
    /// @param fenceEntries how often a fix was inside a plain fence and the one before outside
    record StopResult(List<Long> arrivedAtMs, int fenceEntries) {}

    private final List<Visit> visits;
    private final List<OrderId> orders = new ArrayList<>();
    private final Map<OrderId, List<Long>> arrivals = new HashMap<>();
    private final ActiveOrders active = new ActiveOrders();
    private final DriverTrack track = new DriverTrack(DriverTrackState.SPEED_MAX);
    private final ArrivalTracker tracker;
    private long sequence;
    private long nowMs;

    private ArrivalReplay(List<Visit> visits) {
        this.visits = visits;
        var times = new LearntTravelTimes(EtaModel.create().legs(), ZoneOffset.UTC);
        tracker = new ArrivalTracker(
                active,
                order -> order.details().pickup(),
                times::travel,
                this::handle,
                () -> Instant.ofEpochMilli(nowMs));
    }

    /// The results of the stops, in their order.
    static List<StopResult> replay(List<Fix> fixes, List<Visit> visits) {
        return new ArrivalReplay(visits).run(fixes);
    }

    private List<StopResult> run(List<Fix> fixes) {
        visits.forEach(visit -> place(visit.place()));
        var entries = new int[visits.size()];
        var current = 0;
        var wasInside = false;
        for (var fix : fixes) {
            nowMs = fix.receivedAtMs();
            while (current < visits.size() && visits.get(current).leftAtMs() < fix.recordedAtMs()) {
                deliver(orders.get(current++));
                wasInside = false;
            }
            if (current < visits.size()) {
                var isInside = fix.position().metresTo(visits.get(current).place()) < StopArrival.RADIUS_METRES;
                entries[current] += isInside && !wasInside ? 1 : 0;
                wasInside = isInside;
            }
            var state = track.accept(fix);
            tracker.accept(fix, state.status(), nowMs);
        }
        var results = new ArrayList<StopResult>();
        for (var i = 0; i < entries.length; i++) {
            results.add(new StopResult(arrivals.getOrDefault(orders.get(i), List.of()), entries[i]));
        }
        return results;
    }

    private void place(Position dropoff) {
        var id = new OrderId(new UUID(1, ++sequence));
        orders.add(id);
        active.apply(new Order(
                id,
                "",
                "store",
                "m",
                "m",
                OrderState.IN_TRANSIT,
                ACTOR,
                0,
                new OrderDetails(
                        new Customer(null, "", null), Address.UNKNOWN, new Address("", dropoff), List.of(), null, null),
                Instant.EPOCH,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                sequence));
    }

    private void deliver(OrderId id) {
        active.byId(id).ifPresent(order -> decide(order, new OrderCommand.Deliver()));
    }

    private CompletableFuture<OrderResult> handle(OrderRequest request) {
        var id = ((OrderReference.ById) request.order()).id();
        var order = active.byId(id).orElseThrow();
        return CompletableFuture.completedFuture(decide(order, request.command()));
    }

    private OrderResult decide(Order order, OrderCommand command) {
        var now = Instant.ofEpochMilli(nowMs);
        return switch (OrderStateMachine.decide(order, command, _ -> true, OfferPolicy.TO_ALL, now)) {
            case Decision.Accepted(var steps) -> {
                for (var step : steps) {
                    active.apply(step.orderAfter().withSequence(++sequence));
                    if (step.event() instanceof OrderEvent.DriverArrived(var _, var at)) {
                        arrivals.computeIfAbsent(order.id(), _ -> new ArrayList<>())
                                .add(at.toEpochMilli());
                    }
                }
                yield new OrderResult.Committed(steps.getLast().orderAfter(), sequence);
            }
            case Decision.AlreadyDone(var same) -> new OrderResult.Duplicate(same);
            case Decision.Refused(var reason, var message) -> new OrderResult.Rejected(reason, message);
        };
    }
}
