package waybill.bench.jmh;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import waybill.geo.Position;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// The cost of a driver's fix while another thread classifies those of other drivers, and of a search for drivers
/// near a place: 100,000 drivers in 20 towns of some 50 kilometres.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DriverPositionsBenchmark {

    private static final int DRIVERS = 100_000;
    private static final int TOWNS = 20;
    private static final double TOWN_DEGREES = 0.25;
    private static final double STEP_DEGREES = 0.00005;
    private static final double RADIUS_METRES = 5_000;
    private static final int NEARBY_MAX = 50;

    private final InMemoryDriverPositions positions = new InMemoryDriverPositions(DRIVERS, DriverTrackState.SPEED_MAX);
    private final String[] drivers = new String[DRIVERS];
    private final Position[] places = new Position[DRIVERS];
    private final AtomicInteger threads = new AtomicInteger();

    /// The drivers of one thread, each a little further with every fix.
    @State(Scope.Thread)
    public static class Reporter {

        private int at;
        private long nowMs = 2;

        /// Every second driver is another thread's.
        @Setup
        public void setUp(DriverPositionsBenchmark benchmark) {
            at = benchmark.threads.getAndIncrement() % 2;
        }
    }

    @Setup
    public void setUp() {
        var random = new Random(1);
        for (var i = 0; i < DRIVERS; i++) {
            drivers[i] = "driver-" + i;
            places[i] = new Position(
                    40 + i % TOWNS + random.nextGaussian() * TOWN_DEGREES,
                    10 + i % TOWNS + random.nextGaussian() * TOWN_DEGREES);
            accept(drivers[i], places[i], 1);
        }
    }

    private DriverTrackState accept(String driver, Position place, long nowMs) {
        var fix = new Fix(driver, place, Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, nowMs, nowMs);
        return positions.update(driver, track -> track.acceptUndated(fix));
    }

    @Benchmark
    @Threads(2)
    public DriverTrackState accept(Reporter reporter) {
        reporter.at += 2;
        if (reporter.at >= DRIVERS) {
            reporter.at %= 2;
            reporter.nowMs += 1_000;
        }
        var from = places[reporter.at];
        var north = from.latitude() + STEP_DEGREES * (reporter.nowMs / 1_000 % 100);
        return accept(drivers[reporter.at], new Position(north, from.longitude()), reporter.nowMs);
    }

    @Benchmark
    public List<DriverPositions.NearbyDriver> nearby(Reporter reporter) {
        reporter.at = (reporter.at + 2) % DRIVERS;
        return positions.findNearby(places[reporter.at], RADIUS_METRES, 0, NEARBY_MAX);
    }
}
