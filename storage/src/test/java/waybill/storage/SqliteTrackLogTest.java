package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.storage.TrackLogContract.point;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.UnavailableException;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;
import waybill.storage.track.TrackTable;

/// The file beside the books: it lasts, it does not grow for ever, and whatever becomes of it, orders go on.
class SqliteTrackLogTest {

    private static final int DAY = 24 * 60 * 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private Store open(TrackLimits limits) {
        return Store.open(directory, StoreLimits.defaults(), limits, InstantSource.system(), () -> {});
    }

    private Store open() {
        return open(TrackLimits.defaults());
    }

    @Test
    void pointsSurviveARestart() {
        try (var store = open()) {
            IntStream.range(0, 1_000).forEach(second -> store.trackLog().append(point("kari", second)));
        }
        try (var store = open()) {
            assertThat(store.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 2_000))
                    .hasSize(1_000);
            assertThat(store.trackLog().listNewest(0, 10))
                    .containsExactly(point("kari", 999).fix());
        }
    }

    @Test
    void oldPointsArePurgedInBatches() {
        var old = 2 * TrackTable.PURGED_MAX + 100;
        var drivers = 100;
        try (var store = open(new TrackLimits(1_000_000, 4_096, Duration.ofMillis(5), Duration.ofDays(1), 0))) {
            IntStream.range(0, old).forEach(second -> store.trackLog().append(point("kari", second)));
            IntStream.range(0, drivers).forEach(i -> store.trackLog().append(point("driver-" + i, 0)));
            while (store.trackLog().stats().queueLength() > 0) {
                Thread.onSpinWait();
            }
            assertThat(store.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 100_000))
                    .hasSize(old);
            store.trackLog().append(point("kari", DAY + old - 10));
            while (store.trackLog()
                            .listBetween("kari", 0, Long.MAX_VALUE, 100_000)
                            .size()
                    > 11) {
                Thread.onSpinWait();
            }
            while (store.trackLog().listNewest(0, 1_000).size() > 1) { // a purge takes the drivers in steps
                Thread.onSpinWait();
            }
            assertThat(store.trackLog().listNewest(0, 1_000))
                    .containsExactly(point("kari", DAY + old - 10).fix());
        }
    }

    @Test
    void pointsThatBecomeOldDuringAPurgeAreDeletedByTheNext() {
        var byFlushAlone = new TrackLimits(1_000_000, 4_096, Duration.ofHours(1), Duration.ofDays(1), 0);
        try (var store = open(byFlushAlone)) {
            for (var i = 0; i < 3 * TrackTable.DRIVERS_PER_STEP; i++) {
                store.trackLog().append(point("driver-" + i, 0));
            }
            store.trackLog().flush();
            store.trackLog().append(point("ola", DAY / 2));
            store.trackLog().flush(); // begins a purge, in which the first drivers have no old points
            store.trackLog().append(point("kari", 2 * DAY));
            for (var step = 0; step < 10; step++) {
                store.trackLog().flush();
            }
            assertThat(store.trackLog().listBetween("driver-0", 0, Long.MAX_VALUE, 10))
                    .isEmpty();
        }
    }

    @Test
    void purgingShrinksTheFile() throws IOException {
        var file = directory.resolve("tracks.db");
        var old = 20_000;
        var limits = new TrackLimits(1_000_000, 4_096, Duration.ofMillis(5), Duration.ofDays(1), 0);
        try (var store = open(limits)) {
            IntStream.range(0, old).forEach(second -> store.trackLog().append(point("kari", second)));
        }
        var full = Files.size(file);
        var later = DAY + old;
        for (var restart = 0; restart < 3; restart++) {
            try (var store = open(limits)) { // which carries the log over into the file when it is closed
                for (var i = 0; i < 10; i++) {
                    store.trackLog().append(point("kari", later++));
                    while (store.trackLog().stats().queueLength() > 0) {
                        Thread.onSpinWait();
                    }
                }
            }
        }
        assertThat(Files.size(file)).isLessThan(full / 4);
    }

    @Test
    void aLockedTrackFileDoesNotDelayOrders() throws SQLException {
        try (var store = open();
                var other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("tracks.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            store.trackLog().append(point("kari", 1));
            for (var i = 0; i < 100; i++) {
                assertThat(new OrderFixture(store.journal())
                                .place("acme", "m" + i)
                                .join())
                        .isInstanceOf(OrderResult.Committed.class);
            }
            assertThat(store.trackLog().stats().persisted()).isZero();
            statement.execute("ROLLBACK");
            while (store.trackLog().stats().persisted() == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anUnreadableTrackFileDoesNotStopTheStore() throws IOException {
        Files.writeString(
                directory.resolve("tracks.db"),
                "this is no database, and is longer than its header would be" + " ".repeat(4_096));
        try (var store = open()) {
            store.trackLog().append(point("kari", 1));
            assertThat(new OrderFixture(store.journal()).place("acme", "m").join())
                    .isInstanceOf(OrderResult.Committed.class);
            while (store.trackLog().stats().isWritable()) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> store.trackLog().listNewest(0, 10)).isInstanceOf(UnavailableException.class);
            assertThat(store.isWritable()).isTrue();
        }
    }
}
