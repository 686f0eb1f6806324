package waybill.eta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Predicts how long something takes at a stop: preparing an order, or handing it over. The median of all stores, times
/// a factor of the store. Before anything is learnt it predicts an assumed time.
///
/// Learning is guarded by the monitor; a prediction takes no lock.
public final class StopTimeModel {

    /// Stores with a factor of their own. Beyond that, the one learnt from longest ago is an average one again.
    public static final int STORES_MAX = 10_000;

    private static final int PRIOR_STOPS = 20;
    private static final int PRIOR_STOPS_OF_STORE = 5;
    private static final double MIDDLE = 0.5;

    /// Stores differ by more than drivers do: up to a factor of seven.
    private static final double LOGARITHM_MAX = 2;

    /// A predicted time, in minutes, with the band that four of five stops fall into.
    public record StopTime(double minutes, double low, double high) {}

    private final TimeHistogram times = new TimeHistogram();
    private final LinkedHashMap<String, ShrunkFactor> byStore = new LinkedHashMap<>(); // the longest inactive first
    private final Map<String, Double> storeFactors = new ConcurrentHashMap<>();
    private volatile StopTime average;

    /// @param assumedMinutes the time before anything is learnt
    public StopTimeModel(double assumedMinutes) {
        for (var i = 0; i < PRIOR_STOPS; i++) {
            times.add(assumedMinutes * (MIDDLE + (i + MIDDLE) / PRIOR_STOPS));
        }
        average = averageTime();
    }

    private StopTime averageTime() {
        return new StopTime(
                times.quantile(MIDDLE), times.quantile(BandCorrection.LOW), times.quantile(BandCorrection.HIGH));
    }

    public StopTime predict(String store) {
        var all = average;
        var factor = storeFactors.getOrDefault(store, 1.0);
        return new StopTime(all.minutes * factor, all.low * factor, all.high * factor);
    }

    /// It took this long at a store. A time of more than two hours is a mistake, and teaches nothing.
    public synchronized void learn(String store, double minutes) {
        if (!(minutes >= 0 && minutes <= TimeHistogram.MINUTES_MAX)) {
            return;
        }
        var factor = byStore.computeIfAbsent(store, _ -> averageStore());
        factor.add(minutes, average.minutes);
        byStore.putLast(store, factor);
        storeFactors.put(store, factor.value());
        if (byStore.size() > STORES_MAX) {
            storeFactors.remove(byStore.pollFirstEntry().getKey());
        }
        times.add(minutes);
        average = averageTime();
    }

    private static ShrunkFactor averageStore() {
        return new ShrunkFactor(PRIOR_STOPS_OF_STORE, LOGARITHM_MAX);
    }

    synchronized void write(DataOutput out) throws IOException {
        times.write(out);
        Factors.write(byStore, out);
    }

    synchronized void read(DataInput in) throws IOException {
        times.read(in);
        average = averageTime();
        Factors.read(byStore, STORES_MAX, StopTimeModel::averageStore, in);
        byStore.forEach((store, factor) -> storeFactors.put(store, factor.value()));
    }
}
