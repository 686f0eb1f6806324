package waybill.bench.dispatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.WaitingOrder;
import waybill.geo.Position;
import waybill.order.OrderId;

/// A day of deliveries.
///
/// @param orders by the time at which they are placed
record DeliveryDay(String name, double metresPerMinute, List<PlacedOrder> orders, List<AvailableDriver> drivers) {

    private static final long MINUTE_MS = 60_000;

    /// The most minutes from the order to the door, on the public days.
    private static final long PROMISE_MINUTES = 90;

    private static final int VEHICLE_CAPACITY = 3;

    record PlacedOrder(long placedAtMs, WaitingOrder order) {}

    DeliveryDay {
        orders = orders.stream()
                .sorted(Comparator.comparingLong(PlacedOrder::placedAtMs))
                .toList();
        drivers = List.copyOf(drivers);
    }

    static PlacedOrder order(
            long number, String store, Position pickup, Position dropoff, long placedMinute, long readyMinute) {
        var promisedByMs = (placedMinute + PROMISE_MINUTES) * MINUTE_MS;
        var order = new WaitingOrder(
                new OrderId(new UUID(0, number)), store, pickup, dropoff, readyMinute * MINUTE_MS, promisedByMs);
        return new PlacedOrder(placedMinute * MINUTE_MS, order);
    }

    static AvailableDriver driver(String id, Position position, long onMinute, long offMinute) {
        return new AvailableDriver(id, position, onMinute * MINUTE_MS, offMinute * MINUTE_MS, VEHICLE_CAPACITY);
    }

    /// Reads a day of the public instances of Grubhub (github.com/grubhub/mdrplib): tab-separated files of
    /// restaurants, orders, couriers and parameters.
    static DeliveryDay read(Path folder) throws IOException {
        var metresPerMinute =
                Double.parseDouble(rows(folder, "instance_parameters.txt").getFirst()[0]);
        var stores = new HashMap<String, Position>();
        for (var row : rows(folder, "restaurants.txt")) {
            stores.put(row[0], position(row));
        }
        var orders = new ArrayList<PlacedOrder>();
        for (var row : rows(folder, "orders.txt")) {
            var pickup = stores.get(row[4]);
            if (pickup == null) {
                throw new IOException(folder + ": restaurant " + row[4] + " (expected: one of restaurants.txt)");
            }
            orders.add(order(
                    orders.size(), row[4], pickup, position(row), Long.parseLong(row[3]), Long.parseLong(row[5])));
        }
        var drivers = new ArrayList<AvailableDriver>();
        for (var row : rows(folder, "couriers.txt")) {
            drivers.add(driver(row[0], position(row), Long.parseLong(row[3]), Long.parseLong(row[4])));
        }
        return new DeliveryDay(folder.getFileName().toString(), metresPerMinute, orders, drivers);
    }

    private static Position position(String[] row) {
        return Plane.at(Double.parseDouble(row[1]), Double.parseDouble(row[2]));
    }

    private static List<String[]> rows(Path folder, String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t", -1))
                .toList();
    }
}
