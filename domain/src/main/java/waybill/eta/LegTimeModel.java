package waybill.eta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Predicts how long a leg takes: the median of the legs of about its length, times a factor for the hour and one for
/// the driver. It learns from every leg that ends. Learning is guarded by the monitor; a prediction takes no lock, for
/// every position of every driver asks for one.
public final class LegTimeModel {

    /// Drivers with a factor of their own. Beyond that, the driver whose leg is longest ago is an average one again.
    public static final int DRIVERS_MAX = 100_000;

    private static final int LENGTHS = 20;
    private static final int LENGTHS_PER_DOUBLING = 2;
    private static final double SHORTEST_METRES = 8;
    private static final double MIDDLE = 0.5;
    private static final int HOURS = 24;

    /// What legs of one class of lengths take, in minutes. Never changed.
    private record Quantiles(double low, double median, double high, int legs) {

        static final Quantiles NONE = new Quantiles(0, 0, 0, 0);

        static Quantiles of(TimeHistogram times) {
            return times.isEmpty()
                    ? NONE
                    : new Quantiles(
                            times.quantile(BandCorrection.LOW),
                            times.quantile(MIDDLE),
                            times.quantile(BandCorrection.HIGH),
                            times.total());
        }
    }

    private final TimeHistogram[] byLength = new TimeHistogram[LENGTHS];
    private final ShrunkFactor[] byHour = new ShrunkFactor[HOURS];
    private final LinkedHashMap<String, ShrunkFactor> byDriver = new LinkedHashMap<>(); // the longest inactive first
    private final BandCorrection band = new BandCorrection();

    // what predictions read: the list and the array are replaced, and never changed
    private volatile List<Quantiles> quantiles = Collections.nCopies(LENGTHS, Quantiles.NONE);
    private volatile double[] hourFactors = new double[HOURS];
    private final Map<String, Double> driverFactors = new ConcurrentHashMap<>();

    public LegTimeModel() {
        for (var i = 0; i < LENGTHS; i++) {
            byLength[i] = new TimeHistogram();
        }
        for (var hour = 0; hour < HOURS; hour++) {
            byHour[hour] = new ShrunkFactor();
        }
        publishHours();
    }

    /// The time of this leg. Empty until a leg of about its length was learnt.
    ///
    /// Between the middles of two classes of lengths it is interpolated, so that the time of a driver that comes
    /// closer does not jump.
    public Optional<LegTime> predict(Leg leg) {
        var lengths = quantiles;
        var place = length(leg.metres()) - MIDDLE;
        var lower = (int) Math.clamp(Math.floor(place), 0, LENGTHS - 1);
        var upper = Math.min(LENGTHS - 1, lower + 1);
        var part = Math.clamp(place - lower, 0, 1);
        var first = lengths.get(lower);
        var second = lengths.get(upper);
        if (first.legs == 0 || second.legs == 0) {
            var only = lengths.get(classOf(leg.metres()));
            return only.legs == 0 ? Optional.empty() : Optional.of(predict(leg, only, only, 0));
        }
        return Optional.of(predict(leg, first, second, part));
    }

    private LegTime predict(Leg leg, Quantiles first, Quantiles second, double part) {
        var factor = hourFactors[leg.hour()] * driverFactors.getOrDefault(leg.driver(), 1.0);
        var minutes = between(first.median, second.median, part) * factor;
        var wider = band.value() * minutes;
        var low = Math.max(0, between(first.low, second.low, part) * factor - wider);
        var high = between(first.high, second.high, part) * factor + wider;
        return new LegTime(
                minutes, Math.min(low, minutes), Math.max(high, minutes), between(first.legs, second.legs, part));
    }

    private static double between(double first, double second, double part) {
        return first + (second - first) * part;
    }

    /// A leg has ended. One that took longer than two hours had a break in it, and teaches nothing.
    public synchronized void learn(Leg leg, double minutes) {
        if (!(minutes >= 0 && minutes <= TimeHistogram.MINUTES_MAX)) {
            return;
        }
        var length = classOf(leg.metres());
        if (!byLength[length].isEmpty()) {
            predict(leg).ifPresent(predicted -> learnFactors(leg, minutes, predicted));
        }
        byLength[length].add(minutes);
        publish(length);
    }

    private void learnFactors(Leg leg, double minutes, LegTime predicted) {
        var hour = byHour[leg.hour()];
        var driver = byDriver.computeIfAbsent(leg.driver(), _ -> new ShrunkFactor());
        var factor = hour.value() * driver.value();
        if (predicted.minutes() > 0) {
            var wider = band.value() * predicted.minutes();
            var beyond = Math.max(predicted.low() + wider - minutes, minutes - predicted.high() + wider);
            band.add(beyond / predicted.minutes());
        }
        var median = predicted.minutes() / factor;
        hour.add(minutes, median);
        driver.add(minutes, median * hour.value());
        byDriver.putLast(leg.driver(), driver);
        driverFactors.put(leg.driver(), driver.value());
        if (byDriver.size() > DRIVERS_MAX) {
            driverFactors.remove(byDriver.pollFirstEntry().getKey());
        }
        publishHours();
    }

    private void publish(int length) {
        var next = new ArrayList<>(quantiles);
        next.set(length, Quantiles.of(byLength[length]));
        quantiles = List.copyOf(next);
    }

    private void publishHours() {
        var next = new double[HOURS];
        for (var hour = 0; hour < HOURS; hour++) {
            next[hour] = byHour[hour].value();
        }
        hourFactors = next;
    }

    private static int classOf(double metres) {
        return (int) Math.min(LENGTHS - 1, length(metres));
    }

    /// In classes of lengths, two for each doubling.
    private static double length(double metres) {
        var doublings = Math.log(Math.max(metres, SHORTEST_METRES) / SHORTEST_METRES) / Math.log(2);
        return doublings * LENGTHS_PER_DOUBLING;
    }

    synchronized void write(DataOutput out) throws IOException {
        for (var times : byLength) {
            times.write(out);
        }
        for (var hour : byHour) {
            hour.write(out);
        }
        band.write(out);
        Factors.write(byDriver, out);
    }

    synchronized void read(DataInput in) throws IOException {
        for (var length = 0; length < LENGTHS; length++) {
            byLength[length].read(in);
            publish(length);
        }
        for (var hour : byHour) {
            hour.read(in);
        }
        publishHours();
        band.read(in);
        Factors.read(byDriver, DRIVERS_MAX, ShrunkFactor::new, in);
        byDriver.forEach((driver, factor) -> driverFactors.put(driver, factor.value()));
    }
}
