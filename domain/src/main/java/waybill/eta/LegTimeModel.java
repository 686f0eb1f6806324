package waybill.eta;

import java.util.LinkedHashMap;
import java.util.Optional;

/// Predicts how long a leg takes: the median of the legs of about its length, times a factor for the hour and one for
/// the driver. It learns from every leg that ends. Guarded by its monitor, held for a few microseconds.
public final class LegTimeModel {

    /// Drivers with a factor of their own. Beyond that, the driver whose leg is longest ago is an average one again.
    public static final int DRIVERS_MAX = 100_000;

    private static final int LENGTHS = 20;
    private static final int LENGTHS_PER_DOUBLING = 2;
    private static final double SHORTEST_METRES = 8;
    private static final int HOURS = 24;
    private static final double LOW = (1 - BandCorrection.COVERAGE) / 2;
    private static final double HIGH = 1 - LOW;

    private final TimeHistogram[] byLength = new TimeHistogram[LENGTHS];
    private final ShrunkFactor[] byHour = new ShrunkFactor[HOURS];
    private final LinkedHashMap<String, ShrunkFactor> byDriver = new LinkedHashMap<>(); // the longest inactive first
    private final BandCorrection band = new BandCorrection();

    public LegTimeModel() {
        for (var i = 0; i < LENGTHS; i++) {
            byLength[i] = new TimeHistogram();
        }
        for (var hour = 0; hour < HOURS; hour++) {
            byHour[hour] = new ShrunkFactor();
        }
    }

    /// The time of this leg. Empty until a leg of about its length was learnt.
    public synchronized Optional<LegTime> predict(Leg leg) {
        var times = byLength[length(leg.metres())];
        if (times.isEmpty()) {
            return Optional.empty();
        }
        var factor = byHour[leg.hour()].value() * driverFactor(leg.driver());
        var minutes = times.quantile(0.5) * factor;
        var wider = band.value() * minutes;
        var low = Math.max(0, times.quantile(LOW) * factor - wider);
        var high = times.quantile(HIGH) * factor + wider;
        return Optional.of(new LegTime(minutes, Math.min(low, minutes), Math.max(high, minutes)));
    }

    private double driverFactor(String driver) {
        var factor = byDriver.get(driver);
        return factor == null ? 1 : factor.value();
    }

    /// A leg has ended. One that took longer than two hours had a break in it, and teaches nothing.
    public synchronized void learn(Leg leg, double minutes) {
        if (!(minutes >= 0 && minutes <= TimeHistogram.MINUTES_MAX)) {
            return;
        }
        var times = byLength[length(leg.metres())];
        if (!times.isEmpty()) {
            learnFactors(leg, minutes, times);
        }
        times.add(minutes);
    }

    private void learnFactors(Leg leg, double minutes, TimeHistogram times) {
        var hour = byHour[leg.hour()];
        var driver = byDriver.computeIfAbsent(leg.driver(), _ -> new ShrunkFactor());
        var factor = hour.value() * driver.value();
        var predicted = times.quantile(0.5) * factor;
        if (predicted > 0) {
            var beyond = Math.max(times.quantile(LOW) * factor - minutes, minutes - times.quantile(HIGH) * factor);
            band.add(beyond / predicted);
        }
        hour.add(minutes, times.quantile(0.5));
        driver.add(minutes, times.quantile(0.5) * hour.value());
        byDriver.putLast(leg.driver(), driver);
        if (byDriver.size() > DRIVERS_MAX) {
            byDriver.pollFirstEntry();
        }
    }

    /// The class of lengths: two for each doubling.
    private static int length(double metres) {
        var doublings = Math.log(Math.max(metres, SHORTEST_METRES) / SHORTEST_METRES) / Math.log(2);
        return (int) Math.min(LENGTHS - 1, doublings * LENGTHS_PER_DOUBLING);
    }
}
