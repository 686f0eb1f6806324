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
import waybill.order.Orders.Outcome;
import waybill.order.Unavailable;

/// Whether a hub is well is told by what it writes and by the files that it writes to, and by nothing else.
class StoreHealthTest {

    private static final Limits LIMITS =
            new Limits(1_000, 100, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofDays(30));

    /// No probe comes by itself.
    private static final Limits NO_PROBE =
            new Limits(1_000, 100, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(30));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final StoreHealth health = new StoreHealth();
    private final AtomicBoolean full = new AtomicBoolean();

    private SqliteLedger open(Database database) throws SQLException {
        var connection = database.writer();
        if (full.get()) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = true");
            }
        }
        return new SqliteLedger(connection, NO_PROBE, new TrustedClock(() -> Parcels.NOON, () -> 0));
    }

    @Test
    void workThatWritesNothingDoesNotSayThatTheDiskTakesSomething() throws SQLException {
        try (var database = Database.open(directory);
                var journal = journal(database, NO_PROBE)) {
            journal.start();
            assertThat(journal.submit(_ -> {
                        throw new StorageException(new SQLException("no room"));
                    }))
                    .failsWithin(Duration.ofSeconds(60));
            assertThat(health.isWritable()).isFalse();
            assertThat(journal.submit(ledger -> ledger.answerTo(DirectoryContract.NILS, "k"))
                            .join())
                    .isEmpty();
            assertThat(health.isWritable()).as("nothing was written").isFalse();
            new Parcels(journal).place("acme", "m1").join();
            assertThat(health.isWritable()).isTrue();
        }
    }

    @Test
    void aStoreThatCannotBeWrittenSaysSoFromItsStart() throws SQLException {
        try (var database = Database.open(directory)) {
            database.writer().close();
            full.set(true);
            var recent = new RecentEvents(0);
            var opened = new AtomicLong();
            GroupJournal.Books books = () -> {
                opened.incrementAndGet();
                return open(database);
            };
            try (var journal = new GroupJournal(books, books.open(), recent, () -> {}, LIMITS, health, () -> {})) {
                journal.start();
                assertThat(health.isWritable()).isFalse();
                full.set(false);
                await(health::isWritable);
                assertThat(opened).hasValueGreaterThan(1);
            }
        }
    }

    @Test
    void anErrorInAWorkEndsThatWorkOnly() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var bad = store.journal().<Boolean>submit(_ -> {
                throw new AssertionError("a bug");
            });
            assertThat(bad).failsWithin(Duration.ofSeconds(60));
            assertThat(new Parcels(store.journal()).place("acme", "m1").join()).isInstanceOf(Outcome.Done.class);
            assertThat(store.isWritable()).isTrue();
        }
    }

    @Test
    void whatIsCommittedIsAnsweredAsSuchWhateverHappensAfterwards() throws SQLException {
        try (var database = Database.open(directory)) {
            var ledger = open(database);
            var recent = new RecentEvents(41); // which takes no event 1
            try (var journal =
                    new GroupJournal(() -> open(database), ledger, recent, () -> {}, NO_PROBE, health, () -> {})) {
                journal.start();
                var parcels = new Parcels(journal);
                assertThat(parcels.place("acme", "m1").join()).isInstanceOf(Outcome.Done.class);
                assertThat(parcels.place("acme", "m2").join()).isInstanceOf(Outcome.Done.class);
                assertThat(recent.head()).isEqualTo(2);
            }
        }
    }

    @Test
    void aWatcherThatFailsDoesNotEndTheJournal() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            store.onCommit(_ -> {
                throw new IllegalStateException("a bug");
            });
            assertThatThrownBy(() ->
                            new Parcels(store.journal()).place("acme", "m1").join())
                    .hasCauseInstanceOf(Unavailable.class);
            store.onCommit(_ -> () -> {});
            assertThat(new Parcels(store.journal()).place("acme", "m2").join()).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void theQueueIsBoundedInBytesToo() {
        try (var store = Store.open(directory, LIMITS.withWaitingBytesMax(1_000), () -> {})) {
            var gate = new CompletableFuture<Boolean>();
            var held = store.journal().submit(_ -> gate.join(), 900);
            var refused = store.journal().submit(_ -> true, 101);
            assertThatThrownBy(refused::join).hasCauseInstanceOf(Unavailable.class);
            var small = store.journal().submit(_ -> true, 100);
            gate.complete(true);
            assertThat(held.join()).isTrue();
            assertThat(small.join()).isTrue();
            await(() -> store.waitingBytes() == 0);
            assertThat(store.journal().submit(_ -> true, 5_000).join())
                    .as("one alone always has room")
                    .isTrue();
        }
    }

    @Test
    void aDatabaseThatIsDeletedWhileItIsOpenIsNoticedAndTakesNoMoreOrders() throws IOException {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new Parcels(store.journal());
            parcels.place("acme", "m1").join();
            var file = directory.resolve("waybill.db");
            var aside = directory.resolve("aside");
            Files.move(file, aside);
            await(() -> !store.isWritable());
            assertThatThrownBy(() -> parcels.place("acme", "m2").join()).hasCauseInstanceOf(Unavailable.class);
            Files.copy(aside, file);
            assertThatThrownBy(() -> parcels.place("acme", "m3").join())
                    .as("a copy is another file")
                    .hasCauseInstanceOf(Unavailable.class);
            Files.delete(file);
            Files.move(aside, file);
            await(store::isWritable);
            assertThat(parcels.place("acme", "m4").join()).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void aLockFileThatIsRemovedIsMadeAgainSoThatNoSecondHubStarts() throws IOException {
        try (var _ = Store.open(directory, LIMITS, () -> {})) {
            var lock = directory.resolve("waybill.lock");
            Files.delete(lock);
            await(() -> Files.exists(lock));
            assertThatThrownBy(() -> Store.open(directory, LIMITS, () -> {}))
                    .hasMessageContaining("in use by another hub");
        }
    }

    @Test
    void aHubWhoseLogAnotherOneWritesStopsAcknowledging() throws SQLException {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new Parcels(store.journal());
            parcels.place("acme", "m1").join();
            execute("INSERT INTO event SELECT position + 1, order_row, store, kind, state_before, state_after, driver,"
                    + " paid, payload, body, actor, occurred_at, received_at FROM event");
            assertThatThrownBy(() -> parcels.place("acme", "m2").join()).hasCauseInstanceOf(Unavailable.class);
            assertThat(store.isWritable()).isFalse();
        }
    }

    @Test
    void aRowThatCannotBeReadEndsTheReadinessOfTheStoreAndIsNamed() throws SQLException {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            new Parcels(store.journal()).place("acme", "m1").join();
        }
        assertThat(directory.resolve("waybill.db-wal")).doesNotExist();
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            assertThat(store.isWritable()).isTrue();
            execute("UPDATE orders SET details = '{\"name\":'");
            assertThatThrownBy(() -> store.book().byId(Parcels.id("acme", "m1")))
                    .isInstanceOf(Unavailable.class);
            assertThat(store.isWritable()).isFalse();
            assertThat(store.obstacle())
                    .isEqualTo(
                            Optional.of(
                                    "waybill.db is damaged: row 1 of orders, message m1:"
                                            + " details of an order that are not JSON: Unexpected end-of-input within/between Object entries"));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedWithWhatToDo() throws IOException {
        Files.write(directory.resolve("waybill.db"), List.of("no database at all ".repeat(100)));
        assertThatThrownBy(() -> Store.open(directory, LIMITS, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waybill.db cannot be opened: SQLITE_NOTADB")
                .hasMessageContaining("restore a backup");
    }

    @Test
    void anOlderHubDoesNotOpenWhatANewerOneHasWritten() throws SQLException {
        Store.open(directory, LIMITS, () -> {}).close();
        execute("INSERT INTO flyway_schema_history SELECT installed_rank + 100, '99', 'the future', type,"
                + " 'V99__the_future.sql', checksum, installed_by, installed_on, execution_time, success"
                + " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
        assertThatThrownBy(() -> Store.open(directory, LIMITS, () -> {}))
                .hasMessageContaining("written by a newer hub, with schema 99");
    }

    private GroupJournal journal(Database database, Limits limits) throws SQLException {
        var ledger = open(database);
        return new GroupJournal(
                () -> open(database), ledger, new RecentEvents(ledger.head()), () -> {}, limits, health, () -> {});
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
