package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.directory.Business;
import waybill.hub.HubCommands;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.UnavailableException;
import waybill.order.Actor;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.postgres.PostgresServer;
import waybill.storage.postgres.PostgresUnitOfWork;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TrustedClock;
import waybill.storage.track.TrackLimits;
import waybill.storage.track.TrackSettings;

class PostgresStoreTest extends AllStoreContracts {

    @SuppressWarnings("NullAway.Init")
    private static PostgresAddress address;

    /// A signal for each commit that added to the log.
    private final LinkedBlockingQueue<Boolean> signals = new LinkedBlockingQueue<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeAll
    static void createDatabase() {
        address = PostgresServer.createDatabase();
        PostgresDatabase.open(address);
    }

    @BeforeEach
    @Override
    void open() {
        PostgresServer.clear(address);
        store = openStore();
    }

    @Override
    Store openStore() {
        return open("one", directory);
    }

    private Store open(String node, Path other) {
        return PostgresStore.open(
                address,
                node,
                other,
                StoreLimits.defaults(),
                new TrackSettings(TrackSettings.Place.DATABASE, TrackLimits.defaults(), List.of()),
                StoreEnvironment.ofMachine(InstantSource.system()),
                () -> signals.add(true));
    }

    @Test
    void aSecondNodeHasANameOfItsOwn(@TempDir Path other) {
        assertThatThrownBy(() -> open("one", other)).hasMessageContaining("another hub with the name one runs on it");
        open("two", other).close();
    }

    @Test
    void eventsOfAnotherProcessAreFound() throws SQLException, InterruptedException {
        var clock = new TrustedClock(() -> OrderFixture.NOON, System::nanoTime);
        try (var writer = new PostgresUnitOfWork(
                PostgresDatabase.open(address).openWriter(), StoreLimits.defaults(), clock, AppendListener.NONE)) {
            writer.load(Set.of());
            HubCommands.setBusinessOpen(writer, Business.withDefaults(ACME), Actor.HUB, OrderFixture.NOON);
            writer.commit();
        }
        while (eventLog().lastSequence() < 1) {
            signals.take();
        }
        assertThat(eventLog().listAfter(0, 10)).extracting(LogEntry::sequence).containsExactly(1L);
        assertThat(OrderFixture.eventId(orderFixture().place(ACME, "m1").join()))
                .isEqualTo(2);
    }

    @Test
    void aLostConnectionIsOpenedAgain() {
        orderFixture().place(ACME, "m1").join();
        PostgresServer.execute(
                address,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        assertThat(orderQueries().findOrder(OrderFixture.id(ACME, "m1"))).isPresent();
        orderFixture()
                .place(ACME, "m2")
                .handle((_, failure) -> failure)
                .thenAccept(failure -> assertThat(failure)
                        .as("none if the journal has found out by itself")
                        .satisfiesAnyOf(
                                one -> assertThat(one).isNull(),
                                one -> assertThat(one).isInstanceOf(UnavailableException.class)))
                .join();
        orderFixture().place(ACME, "m3").join();
        assertThat(orderQueries().findOrder(OrderFixture.id(ACME, "m3"))).isPresent();
        assertThat(store.isWritable()).isTrue();
    }

    @Test
    void aServerThatBecomesReadOnlyIsUnavailableUntilItTakesWritesAgain() throws InterruptedException {
        orderFixture().place(ACME, "m1").join();
        makeReadOnly("on");
        assertThatThrownBy(() -> orderFixture().place(ACME, "m2").join())
                .hasCauseInstanceOf(UnavailableException.class);
        assertThat(store.isWritable()).isFalse();
        await(() -> store.failure().orElse("").contains("the server is read-only"));
        assertThat(orderQueries().findOrder(OrderFixture.id(ACME, "m1"))).isPresent();
        makeReadOnly("off");
        await(store::isWritable);
        orderFixture().place(ACME, "m2").join();
    }

    /// As of a standby.
    private static void makeReadOnly(String setting) {
        PostgresServer.execute(address, """
                BEGIN READ WRITE;
                ALTER DATABASE %s SET default_transaction_read_only = %s;
                COMMIT;
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """.formatted(address.database(), setting));
    }

    @Test
    void aLogThatHasLostEventsIsNotContinued() throws InterruptedException {
        orderFixture().place(ACME, "m1").join();
        orderFixture().place(ACME, "m2").join();
        PostgresServer.execute(address, "UPDATE journal_head SET position = 1");
        await(() -> store.unavailableReason().isPresent());
        assertThat(store.unavailableReason().orElseThrow()).contains("has 1 events, and had 2: a standby");
        assertThatThrownBy(() -> orderFixture().place(ACME, "m3").join())
                .hasCauseInstanceOf(UnavailableException.class);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void aValueThatCannotBeStoredFailsItsTaskAlone() {
        var refused = orderFixture().place(ACME, "a\0b");
        var placed = orderFixture().place(ACME, "m1");
        assertThat(OrderFixture.eventId(placed.join())).isEqualTo(1);
        assertThat(refused).isCompletedExceptionally();
        assertThat(store.isWritable()).isTrue();
    }
}
