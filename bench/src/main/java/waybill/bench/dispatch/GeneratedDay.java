package waybill.bench.dispatch;

import java.util.ArrayList;
import java.util.Random;
import waybill.dispatch.AvailableDriver;
import waybill.geo.Position;

/// Days drawn by seed: a town of ten kilometres with stores in its centre, two meals, and shifts that leave drivers
/// short at the second.
final class GeneratedDay {

    private static final double METRES_PER_MINUTE = 320;
    private static final int TOWN_METRES = 10_000;
    private static final int STORES = 60;
    private static final int ORDERS = 500;
    private static final int DRIVERS = 150;
    private static final int LUNCH = 150;
    private static final int DINNER = 500;
    private static final int MEAL_SPREAD = 60;
    private static final int PREPARATION_MAX = 30;
    private static final int SHIFT_MIN = 120;
    private static final int SHIFT_MORE = 120;
    private static final int DAY_MINUTES = 720;

    private final Random random;

    private GeneratedDay(long seed) {
        random = new Random(seed);
    }

    static DeliveryDay of(long seed) {
        return new GeneratedDay(seed).generate("generated-" + seed);
    }

    private DeliveryDay generate(String name) {
        var stores = new ArrayList<Position>();
        for (var i = 0; i < STORES; i++) {
            stores.add(place(0.5));
        }
        var orders = new ArrayList<DeliveryDay.PlacedOrder>();
        for (var i = 0; i < ORDERS; i++) {
            var meal = random.nextInt(3) == 0 ? LUNCH : DINNER;
            var placed = Math.clamp(Math.round(meal + random.nextGaussian() * MEAL_SPREAD), 0, DAY_MINUTES - 90);
            var store = random.nextInt(STORES);
            orders.add(DeliveryDay.order(
                    i,
                    "store-" + store,
                    stores.get(store),
                    place(1),
                    placed,
                    placed + random.nextInt(PREPARATION_MAX)));
        }
        var drivers = new ArrayList<AvailableDriver>();
        for (var i = 0; i < DRIVERS; i++) {
            var on = random.nextInt(DAY_MINUTES - SHIFT_MIN);
            drivers.add(DeliveryDay.driver("driver-" + i, place(0.7), on, on + SHIFT_MIN + random.nextInt(SHIFT_MORE)));
        }
        drivers.add(DeliveryDay.driver("driver-all-day", place(0.2), 0, DAY_MINUTES));
        return new DeliveryDay(name, METRES_PER_MINUTE, orders, drivers);
    }

    /// A point in the middle part of the town of that size.
    private Position place(double part) {
        var middle = TOWN_METRES / 2.0;
        return Plane.at(
                middle + (random.nextDouble() - 0.5) * TOWN_METRES * part,
                middle + (random.nextDouble() - 0.5) * TOWN_METRES * part);
    }
}
