package waybill.hub.eta;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import waybill.eta.Calibration;
import waybill.eta.Calibration.Prediction;
import waybill.eta.Calibration.Stage;
import waybill.order.OrderId;

/// The first ETA of each order in each stage, until its delivery shows how good they were. Of several nodes each has
/// the ETAs that it has computed itself. Thread-safe.
public final class EtaPredictions {

    /// Predictions in memory. Further orders are not counted.
    static final int PREDICTIONS_MAX = 200_000;

    private record Key(OrderId order, Stage stage) {}

    private final Calibration calibration;
    private final Map<Key, Prediction> first = new ConcurrentHashMap<>();

    public EtaPredictions(Calibration calibration) {
        this.calibration = calibration;
    }

    /// Whether the order has no prediction of this stage yet.
    public boolean isMissing(OrderId order, Stage stage) {
        return first.size() < PREDICTIONS_MAX && !first.containsKey(new Key(order, stage));
    }

    public void add(OrderId order, Prediction prediction) {
        first.putIfAbsent(new Key(order, prediction.stage()), prediction);
    }

    void delivered(OrderId order, long arrivedMs) {
        for (var stage : Stage.values()) {
            var prediction = first.remove(new Key(order, stage));
            if (prediction != null) {
                calibration.learn(prediction, arrivedMs);
            }
        }
    }

    /// The order has ended, or has another driver.
    public void remove(OrderId order) {
        for (var stage : Stage.values()) {
            first.remove(new Key(order, stage));
        }
    }
}
