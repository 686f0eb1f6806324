package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.StorePorts.ACME;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.directory.Business;
import waybill.hub.HubCommands;
import waybill.journal.LogEntry;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.outbound.Channel;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.storage.migration.DatabaseMigration;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresServer;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;
import waybill.storage.track.TrackSettings;

class DatabaseMigrationTest {

    private static final int ORDERS = 300; // more than the index of words takes at once

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    private final List<String> lines = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private PostgresAddress address;

    @BeforeEach
    void createDatabase() {
        address = PostgresServer.createDatabase();
    }

    private void migrate() {
        new DatabaseMigration(lines::add, System::nanoTime).run(data, address);
    }

    private Store openPostgres() {
        return PostgresStore.open(
                address,
                "one",
                data,
                StoreLimits.defaults(),
                new TrackSettings(TrackSettings.Place.FILE, TrackLimits.defaults(), List.of()),
                StoreEnvironment.ofMachine(InstantSource.system()),
                () -> {});
    }

    private Content fill() {
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            var orders = new OrderFixture(store.journal());
            for (var i = 1; i < ORDERS; i++) {
                orders.place(ACME, "m" + i);
            }
            orders.place(ACME, "m" + ORDERS).join();
            orders.collect(ACME, "m1", KARI).join();
            orders.deliver(ACME, "m1", KARI).join();
            store.journal()
                    .submit(work -> {
                        HubCommands.setBusinessOpen(work, Business.withDefaults("bakery"), Actor.HUB, NOON);
                        work.addJob(new NewJob(Channel.WEBHOOK, "hooks", "placed", 1, NOON));
                        work.saveRelayCheckpoint("relay of one", 3);
                        return true;
                    })
                    .join();
            return Content.of(store);
        }
    }

    /// What a hub had.
    private record Content(
            List<LogEntry> log, Optional<Order> order, List<QueuedMessage> messages, List<OutboundJob> jobs) {

        static Content of(Store store) {
            return new Content(
                    store.eventLog().listAfter(0, 10_000),
                    store.orderQueries().findOrder(OrderFixture.id(ACME, "m1")),
                    store.messageQueues().listMessages(new Queue(ACME, Topic.DELIVERED), "", 0, Long.MAX_VALUE, 10),
                    listJobs(store));
        }
    }

    private static List<OutboundJob> listJobs(Store store) {
        return store.outboundJobs().listJobs(Channel.WEBHOOK, "hooks", Long.MAX_VALUE, 10);
    }

    @Test
    void theHubGoesOnInTheNewDatabaseWhereItStopped() {
        var before = fill();
        migrate();
        assertThat(lines.getLast()).contains("rows are in").contains("each the same as in waybill.db");
        try (var postgres = openPostgres()) {
            var last = before.log.getLast().sequence();
            assertThat(Content.of(postgres)).isEqualTo(before);
            assertThat(before.messages).isNotEmpty();
            assertThat(postgres.eventLog().lastSequence()).isEqualTo(last);
            assertThat(postgres.eventLog().findRelayCheckpoint("relay of one")).hasValue(3);
            var orders = new OrderFixture(postgres.journal());
            assertThat(OrderFixture.eventId(orders.collect(ACME, "m2", KARI).join()))
                    .isGreaterThan(last);
            assertThat(OrderFixture.place(orders.place(ACME, "next").join()).number())
                    .endsWith("-0" + (ORDERS + 1));
            addJob(postgres);
            assertThat(listJobs(postgres))
                    .extracting(OutboundJob::id)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }
    }

    private static void addJob(Store store) {
        store.journal()
                .submit(work -> {
                    work.addJob(new NewJob(Channel.WEBHOOK, "hooks", "placed", 1, NOON));
                    return true;
                })
                .join();
    }

    @Test
    void anInterruptedMigrationIsNotOpenedAndCanBeBegunAgain() {
        fill();
        var interrupted = new DatabaseMigration(
                line -> {
                    if (line.startsWith("orders")) {
                        throw new IllegalStateException("interrupted");
                    }
                },
                System::nanoTime);
        assertThatThrownBy(() -> interrupted.run(data, address)).hasMessage("interrupted");
        assertThatThrownBy(this::openPostgres)
                .hasMessageContaining("the migration of a hub's data into it is not complete")
                .hasMessageContaining("run ./waybill migrate again");
        migrate();
        openPostgres().close();
    }

    @Test
    void aDatabaseThatAHubHasUsedIsNotOverwritten() {
        fill();
        openPostgres().close();
        assertThatThrownBy(this::migrate).hasMessageContaining("a hub has written to it (expected: an empty database");
    }

    @Test
    void textThatTheDatabaseCannotStoreIsNamed() {
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            new OrderFixture(store.journal()).place(ACME, "a\0b").join();
        }
        assertThatThrownBy(this::migrate).hasMessageContaining(", row 1: text with the character U+0000 (expected:");
    }

    @Test
    void aDirectoryWithoutAHubIsNamed() {
        assertThatThrownBy(this::migrate).hasMessageContaining("has no waybill.db (expected: the data directory");
    }
}
