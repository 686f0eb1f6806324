package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.directory.DriverStatus;
import waybill.geo.Position;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.OrderState;
import waybill.tracking.Fix;
import waybill.tracking.SignalPolicy;

class SignalWatchTest {

    private static final SignalPolicy POLICY = new SignalPolicy(Duration.ofSeconds(60), Duration.ofSeconds(180));
    private static final long START_MS = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();

    private final InMemoryDriverPositions positions = new InMemoryDriverPositions(100_000, 100);
    private final Set<String> onDuty = new HashSet<>(Set.of("kari"));
    private final List<String> published = new ArrayList<>();
    private long wallMs = START_MS;
    private long elapsedMs = 500;
    private SignalWatch watch = restarted();

    private SignalWatch restarted() {
        return new SignalWatch(
                POLICY,
                new Precision(new ActiveOrders(), false),
                positions,
                onDuty::contains,
                update -> published.add((update.isLost() ? "-" : "+") + update.driver() + " " + update.ageMs() / 1_000),
                () -> Instant.ofEpochMilli(wallMs),
                () -> elapsedMs);
    }

    @Test
    void aLossIsPublishedOnceAndSoIsItsEnd() {
        report("kari", 0);
        pass(179);
        assertThat(published).isEmpty();
        pass(2);
        assertThat(published).containsExactly("-kari 181");
        pass(600);
        assertThat(published).hasSize(1);
        assertThat(watch.lostCount()).isEqualTo(1);

        report("kari", 0);
        assertThat(published).hasSize(1);
        pass(5);
        report("kari", 0);
        assertThat(published).containsExactly("-kari 181", "+kari 0");
        assertThat(watch.lostCount()).isZero();
        pass(181);
        assertThat(published).hasSize(3);
    }

    @Test
    void aDriverThatReportsIsNeverLost() {
        for (var i = 0; i < 100; i++) {
            report("kari", 0);
            pass(59);
        }
        assertThat(published).isEmpty();
        assertThat(watch.watchedCount()).isEqualTo(1);
    }

    @Test
    void onlyADriverAtWorkIsWatched() {
        report("ola", 0);
        assertThat(watch.watchedCount()).isZero();
        report("kari", 0);
        onDuty.remove("kari");
        pass(200);
        assertThat(published).isEmpty();
        assertThat(watch.watchedCount()).isZero();
    }

    @Test
    void aDriverThatComesOnDutyWithAnOldPositionIsLostAtOnce() {
        report("ola", 0);
        pass(300);
        onDuty.add("ola");
        watch.onEvent(status("ola"));
        pass(2);
        assertThat(published).containsExactly("-ola 301");
        watch.onEvent(status("ola"));
        pass(2);
        assertThat(published).hasSize(1);
    }

    @Test
    void aDriverWithoutAPositionHasNoSignalToLose() {
        onDuty.add("nils");
        watch.onEvent(status("nils"));
        pass(600);
        assertThat(published).isEmpty();
    }

    @Test
    void aBufferedPositionDoesNotBringTheSignalBack() {
        report("kari", 0);
        pass(200);
        report("kari", 120);
        pass(1);
        report("kari", 119);
        assertThat(published).containsExactly("-kari 181");
    }

    @Test
    void afterARestartALossIsNotPublishedAgain() {
        report("kari", 0);
        pass(181);
        published.clear();
        var newest = positions.find("kari").orElseThrow().newest();
        elapsedMs = 77; // of another process
        watch = restarted();
        watch.onRestored(newest, wallMs);
        pass(600);
        assertThat(published).isEmpty();
        report("kari", 0);
        pass(1);
        report("kari", 0);
        assertThat(published).containsExactly("+kari 0");
    }

    @Test
    void afterARestartASignalThatWasThereIsLostWhenItIsTime() {
        report("kari", 0);
        pass(100);
        elapsedMs = 77;
        watch = restarted();
        watch.onRestored(positions.find("kari").orElseThrow().newest(), wallMs);
        pass(79);
        assertThat(published).isEmpty();
        pass(3);
        assertThat(published).containsExactly("-kari 181");
    }

    @Test
    void aClockThatIsSetLosesNoSignal() {
        report("kari", 0);
        wallMs += Duration.ofHours(1).toMillis();
        pass(100);
        assertThat(published).isEmpty();
        report("kari", 0);
        wallMs -= Duration.ofHours(3).toMillis();
        positions.onClockSetBack(wallMs);
        pass(100);
        assertThat(published).isEmpty();
        pass(100);
        assertThat(published).hasSize(1);
    }

    @Test
    void aStandstillOfTheSchedulerDelaysLossesOnly() {
        report("kari", 0);
        elapsedMs += Duration.ofDays(1).toMillis();
        wallMs += Duration.ofDays(1).toMillis();
        watch.runDue();
        watch.runDue();
        assertThat(published).containsExactly("-kari 86400");
    }

    @Test
    void eachDriverOfManyIsLookedAtWhenItIsDue() {
        var drivers = IntStream.range(0, 10_000).mapToObj("d%05d"::formatted).toList();
        onDuty.addAll(drivers);
        drivers.forEach(driver -> report(driver, 0));
        pass(170);
        drivers.stream().skip(5).forEach(driver -> report(driver, 0));
        pass(11);
        assertThat(published).hasSize(5);
        pass(170);
        assertThat(published).hasSize(10_000);
    }

    private void report(String driver, long ageSeconds) {
        var atMs = wallMs - ageSeconds * 1_000;
        var state = positions.update(
                driver,
                track -> track.accept(
                        new Fix(driver, new Position(59.91, 10.75), Double.NaN, Double.NaN, 5, atMs, wallMs)));
        watch.onNewest(state, wallMs);
    }

    private void pass(long seconds) {
        for (var i = 0; i < seconds; i++) {
            elapsedMs += 1_000;
            wallMs += 1_000;
            watch.runDue();
        }
    }

    private LogEntry status(String driver) {
        var event = new HubEvent.DriverStatusChanged(driver, DriverStatus.AVAILABLE, null);
        var at = Instant.ofEpochMilli(wallMs);
        return new LogEntry(1, null, OrderState.NEW, event, Actor.driver(driver), at, at);
    }
}
