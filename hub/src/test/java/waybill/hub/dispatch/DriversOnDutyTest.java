package waybill.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.dispatch.AvailableDriver;
import waybill.geo.Position;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.OrderState;
import waybill.tracking.DriverPositions;
import waybill.tracking.Fix;

class DriversOnDutyTest {

    private static final long NOW_MS = 10_000_000;
    private static final long READ_SEQUENCE = 5;
    private static final Instant NOW = Instant.ofEpochMilli(NOW_MS);

    private final DriverPositions positions = new InMemoryDriverPositions(100, 100);
    private final List<DriverState> directory = new ArrayList<>();

    @Test
    void thoseThatTheDirectoryHasOnDutyAreAvailableById() {
        directory.add(new DriverState("kari", DriverStatus.BUSY, NOW));
        directory.add(new DriverState("nils", DriverStatus.OFFLINE, NOW));
        directory.add(new DriverState("ola", DriverStatus.AVAILABLE, NOW));
        directory.forEach(driver -> report(driver.driver(), NOW_MS));
        var onDuty = read(10);

        assertThat(ids(onDuty)).containsExactly("kari", "ola");
        assertThat(onDuty.count()).isEqualTo(2);
        assertThat(onDuty.isOnDuty("nils")).isFalse();
        assertThat(onDuty.available("ola", NOW_MS).map(AvailableDriver::id)).contains("ola");
        assertThat(onDuty.available("nils", NOW_MS)).isEmpty();
    }

    @Test
    void allPagesOfTheDirectoryAreRead() {
        IntStream.range(0, 2_500)
                .mapToObj("d%04d"::formatted)
                .forEach(driver -> directory.add(new DriverState(driver, DriverStatus.AVAILABLE, NOW)));
        assertThat(read(10_000).count()).isEqualTo(2_500);
    }

    @Test
    void aDriverGoesOnAndOffDutyByItsEvents() {
        report("kari", NOW_MS);
        var onDuty = read(10);
        assertThat(ids(onDuty)).isEmpty();

        onDuty.onEvent(status(READ_SEQUENCE + 1, "kari", DriverStatus.AVAILABLE));
        onDuty.onEvent(status(READ_SEQUENCE + 2, "kari", DriverStatus.BUSY));
        assertThat(ids(onDuty)).containsExactly("kari");
        assertThat(onDuty.count()).isEqualTo(1);

        onDuty.onEvent(status(READ_SEQUENCE + 3, "kari", DriverStatus.OFFLINE));
        onDuty.onEvent(status(READ_SEQUENCE + 3, "kari", DriverStatus.OFFLINE));
        assertThat(ids(onDuty)).isEmpty();
        assertThat(onDuty.count()).isZero();
    }

    @Test
    void anEventThatIsRepeatedAfterACrashDoesNotUndoWhatWasRead() {
        directory.add(new DriverState("kari", DriverStatus.OFFLINE, NOW));
        report("kari", NOW_MS);
        var onDuty = read(10);
        onDuty.onEvent(status(READ_SEQUENCE, "kari", DriverStatus.AVAILABLE));
        assertThat(ids(onDuty)).isEmpty();
    }

    @Test
    void aDriverWithoutAFreshPositionIsNotAvailable() {
        directory.add(new DriverState("kari", DriverStatus.AVAILABLE, NOW));
        directory.add(new DriverState("ola", DriverStatus.AVAILABLE, NOW));
        report("ola", NOW_MS - DriverPositions.NEARBY_AGE_MAX.toMillis() - 1);
        var onDuty = read(10);
        assertThat(ids(onDuty)).isEmpty();

        report("kari", NOW_MS);
        report("ola", NOW_MS);
        assertThat(ids(onDuty)).containsExactly("kari", "ola");
    }

    @Test
    void thereAreNoMoreThanTheMaximum() {
        var onDuty = read(2);
        for (var driver : List.of("a", "b", "c")) {
            report(driver, NOW_MS);
            onDuty.onEvent(status(READ_SEQUENCE + 1, driver, DriverStatus.AVAILABLE));
        }
        assertThat(ids(onDuty)).containsExactly("a", "b");

        onDuty.onEvent(status(READ_SEQUENCE + 2, "a", DriverStatus.OFFLINE));
        onDuty.onEvent(status(READ_SEQUENCE + 3, "c", DriverStatus.AVAILABLE));
        assertThat(ids(onDuty)).containsExactly("b", "c");
    }

    private DriversOnDuty read(int driversMax) {
        return DriversOnDuty.read(
                (after, max) -> directory.stream()
                        .filter(state -> state.driver().compareTo(after) > 0)
                        .limit(max)
                        .toList(),
                READ_SEQUENCE,
                new ActiveOrders(),
                positions,
                driversMax);
    }

    private static List<String> ids(DriversOnDuty drivers) {
        return drivers.available(NOW_MS).stream().map(AvailableDriver::id).toList();
    }

    private void report(String driver, long atMs) {
        var fix = new Fix(driver, new Position(59.9, 10.7), Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, atMs, atMs);
        positions.update(driver, track -> track.accept(fix));
    }

    private static LogEntry status(long sequence, String driver, DriverStatus status) {
        return new LogEntry(
                sequence,
                null,
                OrderState.NEW,
                new HubEvent.DriverStatusChanged(driver, status, null),
                Actor.driver(driver),
                NOW,
                NOW);
    }
}
