package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
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
        return open(directory);
    }

    private Store open(Path other) {
        return PostgresStore.open(
                address,
                other,
                StoreLimits.defaults(),
                TrackLimits.defaults(),
                StoreEnvironment.ofMachine(InstantSource.system()),
                () -> signals.add(true));
    }

    @Test
    void aDatabaseIsOpenedByOneHub(@TempDir Path other) {
        assertThatThrownBy(() -> open(other)).hasMessageContaining("another hub runs on it (expected: one hub)");
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
    void aValueThatCannotBeStoredFailsItsTaskAlone() {
        var refused = orderFixture().place(ACME, "a\0b");
        var placed = orderFixture().place(ACME, "m1");
        assertThat(OrderFixture.eventId(placed.join())).isEqualTo(1);
        assertThat(refused).isCompletedExceptionally();
        assertThat(store.isWritable()).isTrue();
    }
}
