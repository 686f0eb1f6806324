package waybill.hub.position;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.eta.ArrivalCalculator;
import waybill.eta.ArrivalEstimate;
import waybill.eta.Calibration.Prediction;
import waybill.eta.Calibration.Stage;
import waybill.eta.DeliveryPlan;
import waybill.eta.EtaModel;
import waybill.hub.eta.CachedTravelTimes;
import waybill.hub.eta.EtaPredictions;
import waybill.hub.eta.ReadyTimes;
import waybill.hub.eta.StoreAddresses;
import waybill.order.Order;
import waybill.order.OrderState;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;

/// Estimates when orders are delivered: the same for a live event, a snapshot and a request. It counts every stop that
/// the driver makes before, and until when the order is prepared. Thread-safe.
public final class EtaEstimator {

    private final EtaModel model;
    private final ArrivalCalculator calculator;
    private final StoreAddresses addresses;
    private final ReadyTimes readyTimes;
    private final EtaPredictions predictions;
    private final Function<String, List<Order>> ordersOfDriver;

    /// @param ordersOfDriver the active orders of a driver in the sequence in which it delivers them
    public EtaEstimator(
            EtaModel model,
            CachedTravelTimes travelTimes,
            StoreAddresses addresses,
            ReadyTimes readyTimes,
            EtaPredictions predictions,
            Function<String, List<Order>> ordersOfDriver) {
        this.model = model;
        this.addresses = addresses;
        this.readyTimes = readyTimes;
        this.predictions = predictions;
        this.ordersOfDriver = ordersOfDriver;
        calculator = new ArrivalCalculator(model, travelTimes::now);
    }

    /// The ETA of an order: the time that the store has set, or else the hub's own. Never blocks. Empty when the
    /// order is not on its way, its drop-off position is unknown, or the driver's position is unknown or too old.
    ///
    /// The trip begins at the driver's position and at its time, so that one position yields one time of arrival,
    /// whenever it is computed.
    public Optional<Eta> estimate(Order order, @Nullable DriverTrackState driverOrNone, long nowMs) {
        var set = order.times().estimatedDeliveryOrNone();
        if (set != null && order.state().isActive() && order.state() != OrderState.FAILED) {
            return Optional.of(Eta.ofStore(set.toEpochMilli(), nowMs));
        }
        return driverOrNone == null
                ? Optional.empty()
                : arrival(order, driverOrNone, nowMs).map(arrival -> Eta.of(arrival, nowMs));
    }

    private Optional<ArrivalEstimate> arrival(Order order, DriverTrackState driver, long nowMs) {
        if (!DeliveryPlan.isDelivered(order) || !driver.newest().isLive(nowMs)) {
            return Optional.empty();
        }
        var fix = driver.newest();
        var stops = DeliveryPlan.stopsUntil(order, ordersOfDriver.apply(fix.driver()), addresses::pickupOf);
        var start = new ArrivalCalculator.Start(fix.driver(), fix.position(), fix.recordedAtMs());
        return calculator.estimate(start, stops, one -> readyTimes.of(one, fix.recordedAtMs()));
    }

    /// Stores the first ETA of an order in its stage, which is compared with the delivery.
    void storeFirst(Order order, DriverTrackState driver, long nowMs) {
        var stage = DeliveryPlan.isInHand(order) ? Stage.TO_STOP : Stage.BEFORE_PICKUP;
        if (predictions.isMissing(order.id(), stage)) {
            arrival(order, driver, nowMs)
                    .map(arrival -> new Prediction(
                            stage,
                            arrival.metres(),
                            nowMs,
                            arrival.arrivalMs(),
                            arrival.lowMs(),
                            arrival.highMs(),
                            model.calibration().correction(stage)))
                    .ifPresent(prediction -> predictions.add(order.id(), prediction));
        }
    }

    /// Reads the address of the order's store, if the order needs it and it is not in memory: before the first
    /// estimate, and not on an event loop.
    public void load(Order order) {
        addresses.load(order);
    }
}
