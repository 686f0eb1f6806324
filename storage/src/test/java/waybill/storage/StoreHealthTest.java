package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.concurrent.Threads;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.Journal;
import waybill.journal.Transaction;
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

/// Whether a hub is well is told by what it writes and by the files that it writes to, and by nothing else.
class StoreHealthTest {

    private static final StoreLimits LIMITS =
            new StoreLimits(1_000, 100, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofDays(30));

    /// No probe comes by itself.
    private static final StoreLimits NO_PROBE =
            new StoreLimits(1_000, 100, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(30));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final StoreHealth health = new StoreHealth(SqliteFailures.SQLITE);
    private final AtomicBoolean full = new AtomicBoolean();

    private SqliteUnitOfWork open(Database database) throws SQLException {
        var connection = database.openWriter();
        if (full.get()) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = true");
            }
        }
        return new SqliteUnitOfWork(connection, NO_PROBE, new TrustedClock(() -> OrderFixture.NOON, () -> 0));
    }

    @Test
    void aTaskWithoutWritesDoesNotProveTheDiskWritable() throws SQLException {
        try (var database = Database.open(directory, Disk.ofMachine());
                var journal = journal(database, NO_PROBE)) {
            journal.start();
            assertThat(journal.submit(_ -> {
                        throw new StorageException(new SQLException("no room"));
                    }))
                    .failsWithin(Duration.ofSeconds(60));
            assertThat(health.isWritable()).isFalse();
            assertThat(StoredResponses.find(journal, DirectoryContract.NILS, "k"))
                    .isEmpty();
            assertThat(health.isWritable()).as("nothing was written").isFalse();
            new OrderFixture(journal).place("acme", "m1").join();
            assertThat(health.isWritable()).isTrue();
        }
    }

    @Test
    void anUnwritableStoreReportsSoAtStartup() throws SQLException {
        try (var database = Database.open(directory, Disk.ofMachine())) {
            database.openWriter().close();
            full.set(true);
            var recent = new RecentEventCache(0);
            var opened = new AtomicLong();
            JournalWriter.Source books = () -> {
                opened.incrementAndGet();
                return open(database);
            };
            try (var journal = new GroupCommitJournal(
                    books, books.open(), recent, () -> {}, LIMITS, health, () -> {}, Threads.ofPlatform())) {
                journal.start();
                assertThat(health.isWritable()).isFalse();
                full.set(false);
                await(health::isWritable);
                assertThat(opened).hasValueGreaterThan(1);
            }
        }
    }

    @Test
    void anErrorInATaskFailsThatTaskOnly() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var bad = store.journal().<Boolean>submit(_ -> {
                throw new AssertionError("a bug");
            });
            assertThat(bad).failsWithin(Duration.ofSeconds(60));
            assertThat(new OrderFixture(store.journal()).place("acme", "m1").join())
                    .isInstanceOf(OrderResult.Committed.class);
            assertThat(store.isWritable()).isTrue();
        }
    }

    @Test
    void aCommittedTaskSucceedsDespiteLaterFailures() throws SQLException {
        try (var database = Database.open(directory, Disk.ofMachine())) {
            var ledger = open(database);
            var recent = new RecentEventCache(41); // which takes no event 1
            try (var journal = new GroupCommitJournal(
                    () -> open(database), ledger, recent, () -> {}, NO_PROBE, health, () -> {}, Threads.ofPlatform())) {
                journal.start();
                var parcels = new OrderFixture(journal);
                assertThat(parcels.place("acme", "m1").join()).isInstanceOf(OrderResult.Committed.class);
                assertThat(parcels.place("acme", "m2").join()).isInstanceOf(OrderResult.Committed.class);
                assertThat(recent.lastSequence()).isEqualTo(2);
            }
        }
    }

    @Test
    void aFailingCommitListenerDoesNotStopTheJournal() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            store.onCommit(_ -> {
                throw new IllegalStateException("a bug");
            });
            assertThatThrownBy(() -> new OrderFixture(store.journal())
                            .place("acme", "m1")
                            .join())
                    .hasCauseInstanceOf(UnavailableException.class);
            store.onCommit(_ -> () -> {});
            assertThat(new OrderFixture(store.journal()).place("acme", "m2").join())
                    .isInstanceOf(OrderResult.Committed.class);
        }
    }

    @Test
    void theQueueIsBoundedInBytesToo() {
        try (var store = Store.open(directory, LIMITS.withQueueBytesMax(1_000), () -> {})) {
            var gate = new CompletableFuture<Boolean>();
            var held = store.journal().submit(ofBytes(_ -> gate.join(), 900));
            var refused = store.journal().submit(ofBytes(_ -> true, 101));
            assertThatThrownBy(refused::join).hasCauseInstanceOf(UnavailableException.class);
            var small = store.journal().submit(ofBytes(_ -> true, 100));
            gate.complete(true);
            assertThat(held.join()).isTrue();
            assertThat(small.join()).isTrue();
            await(() -> store.queueBytes() == 0);
            assertThat(store.journal().submit(ofBytes(_ -> true, 5_000)).join())
                    .as("one alone always has room")
                    .isTrue();
        }
    }

    @Test
    void aDeletedDatabaseRejectsOrders() throws IOException {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "m1").join();
            var file = directory.resolve("waybill.db");
            var aside = directory.resolve("aside");
            Files.move(file, aside);
            await(() -> !store.isWritable());
            assertThatThrownBy(() -> parcels.place("acme", "m2").join()).hasCauseInstanceOf(UnavailableException.class);
            Files.copy(aside, file);
            assertThatThrownBy(() -> parcels.place("acme", "m3").join())
                    .as("a copy is another file")
                    .hasCauseInstanceOf(UnavailableException.class);
            Files.delete(file);
            Files.move(aside, file);
            await(store::isWritable);
            assertThat(parcels.place("acme", "m4").join()).isInstanceOf(OrderResult.Committed.class);
        }
    }

    @Test
    void aDeletedLockFileIsRecreated() throws IOException {
        try (var _ = Store.open(directory, LIMITS, () -> {})) {
            var lock = directory.resolve("waybill.lock");
            Files.delete(lock);
            await(() -> Files.exists(lock));
            assertThatThrownBy(() -> Store.open(directory, LIMITS, () -> {}))
                    .hasMessageContaining("in use by another hub");
        }
    }

    @Test
    void aConcurrentWriterStopsAcknowledgements() throws SQLException {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "m1").join();
            execute("INSERT INTO event (position, order_row, store, kind, state_before, state_after, driver, paid,"
                    + " document, body, actor, occurred_at, received_at) SELECT position + 1, order_row, store, kind,"
                    + " state_before, state_after, driver, paid, document, body, actor, occurred_at, received_at"
                    + " FROM event");
            assertThatThrownBy(() -> parcels.place("acme", "m2").join()).hasCauseInstanceOf(UnavailableException.class);
            assertThat(store.isWritable()).isFalse();
        }
    }

    @Test
    void anUnreadableRowMakesTheStoreUnavailable() throws SQLException {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            new OrderFixture(store.journal()).place("acme", "m1").join();
        }
        assertThat(directory.resolve("waybill.db-wal")).doesNotExist();
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            assertThat(store.isWritable()).isTrue();
            execute("UPDATE orders SET details = '{\"name\":'");
            assertThatThrownBy(() -> store.orderQueries().findOrder(OrderFixture.id("acme", "m1")))
                    .isInstanceOf(UnavailableException.class);
            assertThat(store.isWritable()).isFalse();
            assertThat(store.unavailableReason())
                    .isEqualTo(
                            Optional.of(
                                    "waybill.db is damaged: row 1 of orders, message m1:"
                                            + " details of an order that are not JSON: Unexpected end-of-input within/between Object entries"));
        }
    }

    @Test
    void anInvalidDatabaseFileIsReportedWithARemedy() throws IOException {
        Files.write(directory.resolve("waybill.db"), List.of("no database at all ".repeat(100)));
        assertThatThrownBy(() -> Store.open(directory, LIMITS, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waybill.db cannot be opened: SQLITE_NOTADB")
                .hasMessageContaining("restore a backup");
    }

    @Test
    void anOlderVersionRejectsANewerSchema() throws SQLException {
        Store.open(directory, LIMITS, () -> {}).close();
        execute("INSERT INTO flyway_schema_history SELECT installed_rank + 100, '99', 'the future', type,"
                + " 'V99__the_future.sql', checksum, installed_by, installed_on, execution_time, success"
                + " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
        assertThatThrownBy(() -> Store.open(directory, LIMITS, () -> {}))
                .hasMessageContaining("written by a newer hub, with schema 99");
    }

    private static Transaction<Boolean> ofBytes(Journal.Task<Boolean> task, long bytes) {
        return new Transaction<>(
                List.of(),
                work -> {
                    var result = task.run(work);
                    return _ -> result;
                },
                bytes,
                false);
    }

    private GroupCommitJournal journal(Database database, StoreLimits limits) throws SQLException {
        var ledger = open(database);
        return new GroupCommitJournal(
                () -> open(database),
                ledger,
                new RecentEventCache(ledger.lastSequence()),
                () -> {},
                limits,
                health,
                () -> {},
                Threads.ofPlatform());
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("waybill.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
