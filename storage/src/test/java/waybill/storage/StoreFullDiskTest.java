package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.concurrent.Threads;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.UnavailableException;
import waybill.storage.sql.Disk;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.JournalWriter;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StorageException;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteUnitOfWork;
import waybill.storage.track.TrackLimits;

/// A disk with no room: everything is answered `unavailable`, nothing acknowledged is lost, and when there is
/// room again the store goes on by itself.
class StoreFullDiskTest {

    /// No probe comes while a test looks, for a probe finds room where an order does not.
    private static final StoreLimits LIMITS =
            new StoreLimits(1_000, 100, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(30));
    private static final int PAGES = 100;

    private static final TrustedClock CLOCK = new TrustedClock(() -> OrderFixture.NOON, () -> 0);

    private final StoreHealth health = new StoreHealth(SqliteFailures.SQLITE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void aDatabaseThatCannotGrowRecovers() throws SQLException {
        var full = new AtomicBoolean(true);
        try (var database = Database.open(directory, Disk.ofMachine())) {
            var ledger = open(database, full);
            var recent = new RecentEventCache(ledger.lastSequence());
            try (var journal = journal(() -> open(database, full), ledger, recent, LIMITS)) {
                journal.start();
                var parcels = new OrderFixture(journal);
                var kept = fill(parcels, 0);
                assertThat(health.isWritable()).isFalse();
                full.set(false);
                awaitRecovery(parcels);
                assertThat(health.isWritable()).isTrue();
                assertThat(recent.listAfter(0, 100_000).orElseThrow())
                        .extracting(OrderFixture::messageId)
                        .containsSubsequence(kept)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void readsRecoverWithoutWrites() throws SQLException {
        var full = new AtomicBoolean();
        var limits = new StoreLimits(1_000, 100, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofDays(30));
        try (var database = Database.open(directory, Disk.ofMachine())) {
            var ledger = open(database, full);
            JournalWriter.Source books = () -> {
                if (full.get()) {
                    throw new SQLException("no room");
                }
                return open(database, full);
            };
            var recent = new RecentEventCache(ledger.lastSequence());
            try (var journal = journal(books, ledger, recent, limits)) {
                journal.start();
                full.set(true);
                assertThat(journal.submit(_ -> {
                            throw new StorageException(new SQLException("no room"));
                        }))
                        .failsWithin(Duration.ofSeconds(60));
                assertThat(health.isWritable()).isFalse();
                full.set(false);
                while (!health.isWritable()) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void aFullDiskLosesNothingAndRecovers() throws IOException, InterruptedException {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", directory.toString()) == 0,
                "a small disk can be mounted only by root");
        try {
            var ballast = Files.write(directory.resolve("ballast"), new byte[2 << 20]);
            List<String> kept;
            try (var store = Store.open(directory.resolve("data"), LIMITS, () -> {})) {
                var parcels = new OrderFixture(store.journal());
                kept = fill(parcels, 0);
                assertThat(store.isWritable()).isFalse();
                assertThat(store.eventLog().listAfter(0, 3))
                        .extracting(OrderFixture::messageId)
                        .containsExactly("m0", "m1", "m2");
                Files.delete(ballast);
                awaitRecovery(parcels);
            }
            try (var store = Store.open(directory.resolve("data"), LIMITS, () -> {})) {
                assertThat(store.eventLog().listAfter(0, 100_000))
                        .extracting(OrderFixture::messageId)
                        .containsSubsequence(kept)
                        .contains("after")
                        .doesNotHaveDuplicates();
            }
        } finally {
            assertThat(run("umount", directory.toString())).isZero();
        }
    }

    @Test
    void positionsLeaveDiskSpaceForOrders() throws IOException, InterruptedException {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", directory.toString()) == 0,
                "a small disk can be mounted only by root");
        var keptFor = Duration.ofDays(36_500); // so that no point grows too old while the disk fills
        var limits = new TrackLimits(2_000, 500, Duration.ofMillis(5), keptFor, 2 << 20);
        try {
            var ballast = Files.write(directory.resolve("ballast"), new byte[1 << 20]);
            try (var store = Store.open(directory.resolve("data"), LIMITS, limits, InstantSource.system(), () -> {})) {
                var second = 0;
                while (store.trackLog().stats().dropped() == 0
                        || store.trackLog().stats().isWritable()) {
                    store.trackLog().append(TrackLogContract.point("kari", second++));
                }
                assertThat(store.trackLog().stats().persisted()).isPositive();
                for (var i = 0; i < 10; i++) {
                    assertThat(new OrderFixture(store.journal())
                                    .place("acme-widgets", "m" + i)
                                    .join())
                            .isInstanceOf(OrderResult.Committed.class);
                }
                Files.delete(ballast);
                while (store.trackLog().stats().queueLength() > 0) {
                    Thread.onSpinWait();
                }
                assertThat(store.trackLog().stats().isWritable()).isTrue();
            }
        } finally {
            assertThat(run("umount", directory.toString())).isZero();
        }
    }

    /// Places parcels until the disk is full, and returns those that were acknowledged.
    private static List<String> fill(OrderFixture parcels, int from) {
        var kept = new ArrayList<String>();
        for (var i = from; ; i++) {
            try {
                var outcome = parcels.place("acme-widgets", "m" + i, "foreign-" + "x".repeat(2_000) + i)
                        .join();
                assertThat(outcome).isInstanceOf(OrderResult.Committed.class);
                kept.add("m" + i);
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(UnavailableException.class);
                assertThat(kept).isNotEmpty();
                return kept;
            }
        }
    }

    private static void awaitRecovery(OrderFixture parcels) {
        while (true) {
            try {
                parcels.place("acme-widgets", "after").join();
                return;
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(UnavailableException.class);
            }
        }
    }

    private GroupCommitJournal journal(
            JournalWriter.Source books, SqliteUnitOfWork ledger, RecentEventCache recent, StoreLimits limits) {
        return new GroupCommitJournal(books, ledger, recent, () -> {}, limits, health, () -> {}, Threads.ofPlatform());
    }

    private static SqliteUnitOfWork open(Database database, AtomicBoolean full) throws SQLException {
        var connection = database.openWriter();
        if (full.get()) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = " + PAGES);
            }
        }
        return new SqliteUnitOfWork(connection, LIMITS, CLOCK);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
