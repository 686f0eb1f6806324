package waybill.bench.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DispatchLimits;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.Matching;
import waybill.dispatch.WaitingOrder;
import waybill.geo.Position;
import waybill.order.OrderId;

/// How long one decision takes for many orders and drivers of one town.
final class DecisionTiming {

    private static final int ORDERS = 200;
    private static final int DRIVERS = 2_000;
    private static final int STORES = 80;
    private static final int WARM_UP = 500;
    private static final int MEASURED = 1_000;
    private static final long MINUTE_MS = 60_000;
    private static final int AHEAD_MINUTES = 15;
    private static final double METRES_PER_MINUTE = 300;
    private static final int CAPACITY = 3;
    private static final double SIDE_DEGREES = 0.2;

    private final Random random = new Random(1);
    private final List<Position> stores = new ArrayList<>();

    /// A line with the median, the 99th percentile and the slowest.
    String measure() {
        for (var i = 0; i < STORES; i++) {
            stores.add(place());
        }
        var matching = new Matching(
                (from, to) -> Math.round(from.metresTo(to) / METRES_PER_MINUTE * MINUTE_MS),
                DispatchLimits.defaults(),
                DispatchWeights.defaults());
        var elapsedNs = new long[MEASURED];
        for (var round = -WARM_UP; round < MEASURED; round++) {
            var orders = orders();
            var drivers = drivers();
            var startNs = System.nanoTime();
            var decision = matching.decide(orders, drivers, Map.of(), 0);
            if (round >= 0) {
                elapsedNs[round] = System.nanoTime() - startNs;
            }
            if (decision.trips().isEmpty()) {
                throw new IllegalStateException("trips: none (expected: some)");
            }
        }
        Arrays.sort(elapsedNs);
        return String.format(
                Locale.ROOT,
                "A decision for %d orders and %,d drivers: p50 %.1f ms, p99 %.1f ms, slowest of %,d %.1f ms.",
                ORDERS,
                DRIVERS,
                ms(elapsedNs[MEASURED / 2]),
                ms(elapsedNs[MEASURED * 99 / 100]),
                MEASURED,
                ms(elapsedNs[MEASURED - 1]));
    }

    private static double ms(long ns) {
        return (double) ns / TimeUnit.MILLISECONDS.toNanos(1);
    }

    private List<WaitingOrder> orders() {
        var orders = new ArrayList<WaitingOrder>(ORDERS);
        for (var i = 0; i < ORDERS; i++) {
            var store = random.nextInt(STORES);
            var readyMs = (random.nextInt(2 * AHEAD_MINUTES) - AHEAD_MINUTES) * MINUTE_MS;
            orders.add(new WaitingOrder(
                    new OrderId(new UUID(0, i)),
                    "store-" + store,
                    stores.get(store),
                    place(),
                    readyMs,
                    readyMs + 60 * MINUTE_MS));
        }
        return orders;
    }

    private List<AvailableDriver> drivers() {
        var drivers = new ArrayList<AvailableDriver>(DRIVERS);
        for (var i = 0; i < DRIVERS; i++) {
            var freeAtMs = (random.nextInt(2 * AHEAD_MINUTES) - AHEAD_MINUTES) * MINUTE_MS;
            drivers.add(new AvailableDriver("driver-" + i, place(), freeAtMs, AvailableDriver.NO_END, CAPACITY));
        }
        return drivers;
    }

    private Position place() {
        return new Position(6.8 + random.nextDouble() * SIDE_DEGREES, 79.8 + random.nextDouble() * SIDE_DEGREES);
    }
}
