package waybill.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Order;
import waybill.order.Stop;

/// Drivers on their way to the stops of their orders: each drives to its first stop, stays there, and reports where
/// it is by a noisy phone, which loses some positions and keeps others until its socket is connected again.
final class DriverMovement {

    static final String STORE_ADDRESS = "{\"text\":\"1 Dock Street\",\"latitude\":59.9,\"longitude\":10.7}";

    private static final Position START = new Position(59.9, 10.7);
    private static final double START_RADIUS = 100;
    private static final double DROPOFF_RADIUS = 120;
    private static final double STEP_METRES = 15;
    private static final double NOISE_METRES = 5;
    private static final long REPORT_EVERY_NANOS = 500_000_000;
    private static final int PENDING_MAX = 20;

    private final World world;
    private final CommittedLog log;
    private final SplittableRandom random;
    private final List<Driver> drivers = new ArrayList<>();
    private boolean isMoving = true;

    /// A driver, and its place.
    private static final class Driver {

        private final SocketClient client;
        private Position place;
        private int pending;

        Driver(SocketClient client, Position place) {
            this.client = client;
            this.place = place;
        }
    }

    DriverMovement(World world, CommittedLog log, SplittableRandom random, List<SocketClient> clients) {
        this.world = world;
        this.log = log;
        this.random = random;
        clients.forEach(client -> drivers.add(new Driver(client, near(START, START_RADIUS))));
    }

    /// An address near the store.
    String deliveryAddress() {
        var place = near(START, DROPOFF_RADIUS);
        return "{\"text\":\"12 Lake Road\",\"latitude\":" + place.latitude() + ",\"longitude\":" + place.longitude()
                + "}";
    }

    void start() {
        drivers.forEach(driver -> later(driver));
    }

    /// The drivers report no more, so that all can come to rest.
    void stop() {
        isMoving = false;
    }

    private void later(Driver driver) {
        world.events().after(REPORT_EVERY_NANOS, driver.client.user().id(), () -> {
            if (isMoving) {
                move(driver);
                later(driver);
            }
        });
    }

    private void move(Driver driver) {
        var user = driver.client.user();
        var order = log.orders().stream()
                .filter(one -> OrderWorkload.isHeldBy(driver.client, one))
                .findFirst();
        var stop = order.flatMap(DriverMovement::nextStop);
        if (order.isEmpty() || stop.isEmpty()) {
            return;
        }
        driver.place = towards(driver.place, stop.get());
        if (driver.pending >= PENDING_MAX || random.nextInt(8) == 0) {
            return;
        }
        var seen = near(driver.place, NOISE_METRES);
        driver.pending++;
        driver.client.emit(new Command(
                user.protocol().position,
                user.protocol()
                        .positionPayload(
                                seen.latitude(),
                                seen.longitude(),
                                order.get().id().toString()),
                answer -> {
                    driver.pending--;
                    OrderWorkload.requirePositionTaken(user, answer);
                }));
    }

    private static Optional<Position> nextStop(Order order) {
        return Stop.ahead(order.state())
                .map(stop -> switch (stop) {
                    case PICKUP -> order.details().pickup();
                    case DROPOFF -> order.details().dropoff();
                })
                .flatMap(Address::position);
    }

    private static Position towards(Position from, Position to) {
        var metres = from.metresTo(to);
        var part = metres <= STEP_METRES ? 1 : STEP_METRES / metres;
        return new Position(
                from.latitude() + part * (to.latitude() - from.latitude()),
                from.longitude() + part * (to.longitude() - from.longitude()));
    }

    private Position near(Position place, double metres) {
        return new Position(
                place.latitude() + metres * (random.nextDouble() * 2 - 1) / Position.METRES_PER_DEGREE,
                place.longitude() + metres * (random.nextDouble() * 2 - 1) / Position.METRES_PER_DEGREE);
    }
}
