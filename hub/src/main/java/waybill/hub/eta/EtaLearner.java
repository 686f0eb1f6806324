package waybill.hub.eta;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.eta.Leg;
import waybill.eta.SavedEtaModel;
import waybill.geo.Position;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.Relay;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Stop;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;

/// Learns from the events of the log: legs from the end of one stop to the next, the time that stores prepare, and the
/// time of handing over. Each node learns from all events by itself. An event is learnt from once: those up to the last
/// one are skipped, so a relay that repeats events after a crash teaches nothing twice.
///
/// Of a stop without a reported arrival, all the time since the stop before counts as travel, and none as handing over.
/// Guarded by its monitor.
public final class EtaLearner implements Relay.EventListener {

    /// Events that are read again at the start, if the saved model has not learnt from them.
    public static final int REPLAY_MAX = 20_000;

    /// Drivers whose last stop is in memory, and orders that wait for a driver. The longest unchanged is evicted.
    private static final int STOPS_MAX = 100_000;

    private static final int PAGE_MAX = 1_000;
    private static final long LIVE_MS = 120_000;

    /// Where and when a driver left.
    private record Departure(Position place, long atMs) {}

    private final EtaModel model;
    private final LearntTravelTimes hours;
    private final ReadyTimes readyTimes;
    private final EtaPredictions predictions;
    private final DriverPositions driverPositions;
    private final Function<String, List<Order>> ordersOfDriver;

    private final Map<String, Departure> departures = bounded();
    private final Map<OrderId, Long> readyAtMs = bounded();
    private long learntThrough;

    /// @param hours knows the local hour
    /// @param ordersOfDriver the active orders of a driver
    public EtaLearner(
            EtaModel model,
            LearntTravelTimes hours,
            ReadyTimes readyTimes,
            EtaPredictions predictions,
            DriverPositions driverPositions,
            Function<String, List<Order>> ordersOfDriver) {
        this.model = model;
        this.hours = hours;
        this.readyTimes = readyTimes;
        this.predictions = predictions;
        this.driverPositions = driverPositions;
        this.ordersOfDriver = ordersOfDriver;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > STOPS_MAX;
            }
        };
    }

    /// Learns from the events after `sequence`, at most the newest [#REPLAY_MAX]. Reads the disk.
    public synchronized void replay(EventLog log, long sequence) {
        learntThrough = Math.max(sequence, log.lastSequence() - REPLAY_MAX);
        var page = log.listAfter(learntThrough, PAGE_MAX);
        while (!page.isEmpty()) {
            page.forEach(this::onEvent);
            page = log.listAfter(learntThrough, PAGE_MAX);
        }
    }

    /// The model as it is between two events.
    public synchronized SavedEtaModel snapshot() {
        return new SavedEtaModel(learntThrough, model.encode());
    }

    /// The newest event that it has learnt from.
    public synchronized long learntThrough() {
        return learntThrough;
    }

    @Override
    public synchronized void onEvent(LogEntry entry) {
        if (entry.sequence() <= learntThrough) {
            return;
        }
        learntThrough = entry.sequence();
        var order = entry.orderOrNone();
        if (order == null) {
            return;
        }
        var atMs = entry.occurredAt().toEpochMilli();
        switch (entry.event()) {
            case OrderEvent.StateChanged(var state, var _, var _) -> onState(order, state, atMs);
            case OrderEvent.Assigned _, OrderEvent.DriverTakenOver _ -> onAssigned(order, atMs);
            case OrderEvent.HandedBack _ -> predictions.remove(order.id());
            default -> {} // other events say nothing about times
        }
    }

    private void onState(Order order, OrderState state, long atMs) {
        switch (state) {
            case ACCEPTED -> readyTimes.accepted(order.id(), atMs);
            case READY_FOR_PICKUP, ASSIGNED_TO_DRIVER -> onReady(order, atMs);
            case PICKED_UP -> onPickedUp(order, atMs);
            case DELIVERED -> onDelivered(order, atMs);
            case CANCELLED, DECLINED, EXPIRED, FAILED, RETURNED -> remove(order);
            case NEW, PENDING, PAYMENT_CONFIRMED, PREPARING, IN_TRANSIT -> {}
        }
    }

    private void onReady(Order order, long atMs) {
        var accepted = readyTimes.remove(order.id());
        if (accepted != null) {
            model.preparation().learn(order.store(), minutes(accepted, atMs));
            readyAtMs.put(order.id(), atMs);
        }
    }

    /// A driver without other orders leaves where it is now.
    private void onAssigned(Order order, long atMs) {
        predictions.remove(order.id());
        ActiveOrders.driver(order).ifPresent(driver -> {
            if (ordersOfDriver.apply(driver).stream().allMatch(one -> one.id().equals(order.id()))) {
                depart(driver, positionOf(driver, atMs).orElse(null), atMs);
            }
        });
    }

    private void onPickedUp(Order order, long atMs) {
        var driver = ActiveOrders.driver(order);
        if (driver.isEmpty()) {
            return;
        }
        var place = place(order.details().pickup().positionOrNone(), driver.get(), atMs);
        var arrived = arrivedMs(order, Stop.PICKUP);
        var ready = readyAtMs.remove(order.id());
        if (arrived != null) {
            learnLeg(driver.get(), place, arrived); // without an arrival it may have waited for the order
            model.pickupService().learn(order.store(), minutes(Math.max(arrived, ready == null ? 0 : ready), atMs));
        }
        depart(driver.get(), place, atMs);
    }

    private void onDelivered(Order order, long atMs) {
        var driver = ActiveOrders.driver(order);
        var arrived = arrivedMs(order, Stop.DROPOFF);
        predictions.delivered(order.id(), arrived == null ? atMs : arrived);
        if (driver.isPresent()) {
            var place = place(order.details().dropoff().positionOrNone(), driver.get(), atMs);
            learnLeg(driver.get(), place, arrived == null ? atMs : arrived);
            model.dropoffService().learn("", arrived == null ? 0 : minutes(arrived, atMs));
            depart(driver.get(), place, atMs);
        }
        remove(order);
    }

    private static @Nullable Long arrivedMs(Order order, Stop stop) {
        return order.arrivals().of(stop).at().map(Instant::toEpochMilli).orElse(null);
    }

    private void learnLeg(String driver, @Nullable Position to, long arrivedMs) {
        var from = departures.get(driver);
        if (from != null && to != null) {
            var leg = new Leg(driver, from.place.metresTo(to), hours.hour(from.atMs));
            model.legs().learn(leg, minutes(from.atMs, arrivedMs));
        }
    }

    private void depart(String driver, @Nullable Position place, long atMs) {
        departures.remove(driver); // so that it becomes the youngest
        if (place != null) {
            departures.put(driver, new Departure(place, atMs));
        }
    }

    private void remove(Order order) {
        readyTimes.remove(order.id());
        predictions.remove(order.id());
        readyAtMs.remove(order.id());
    }

    private @Nullable Position place(@Nullable Position address, String driver, long atMs) {
        return address == null ? positionOf(driver, atMs).orElse(null) : address;
    }

    private Optional<Position> positionOf(String driver, long atMs) {
        return driverPositions
                .find(driver)
                .map(DriverTrackState::newest)
                .filter(fix -> Math.abs(fix.recordedAtMs() - atMs) <= LIVE_MS)
                .map(fix -> fix.position());
    }

    private static double minutes(long fromMs, long toMs) {
        return (toMs - fromMs) / LearntTravelTimes.MS_PER_MINUTE;
    }
}
