package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderQueriesContract.PIZZA;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.journal.LogEntry;
import waybill.messaging.Confirmation;
import waybill.messaging.EventScope;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.OrderCommand;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderMatches;
import waybill.order.OrderSearch;
import waybill.storage.sql.StoreLimits;

/// Messages and confirmations that no client takes are deleted after a while, a few at a time; the log stays whole.
class RetentionTest {

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final StoreLimits LIMITS =
            new StoreLimits(10_000, 1_024, Duration.ofSeconds(1), Duration.ofMillis(10), RETENTION);
    private static final EventScope NILS = EventScope.of(new Principal("nils", Role.CUSTOMER, null, null, null));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void newEventsPurgeOldMessages() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "old", PIZZA, NOON).join();
            parcels.place("acme", "parcel").join();
            var pickups = new Queue("acme", Topic.PICKUP);
            assertThat(parcels.queues()
                            .acknowledgeMessage(pickups, "parcel", OrderFixture.OLA)
                            .join())
                    .isTrue();
            parcels.place("acme", "young", PIZZA, NOON.plus(RETENTION)).join();
            assertThat(listEvents(store)).as("not too old yet").containsExactly(1L, 3L);
            assertThat(store.eventLog().retainedAfter()).isZero();
            parcels.place("acme", "now", PIZZA, NOON.plus(RETENTION).plusSeconds(1))
                    .join();
            assertThat(listEvents(store)).containsExactly(3L, 4L);
            assertThat(store.confirmations().search(Optional.empty(), Optional.empty(), 0, 10))
                    .extracting(Confirmation::eventId)
                    .containsExactly(3L, 4L);
            assertThat(listMessages(store)).isEmpty();
            assertThat(store.eventLog().retainedAfter()).isEqualTo(2);
            assertThat(store.eventLog().listAfter(0, 10)).hasSize(4);
        }
    }

    @Test
    void recentMessagesAreRetainedBehindOlderOnes() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "a", PIZZA, NOON.plus(RETENTION)).join();
            parcels.place("acme", "b", PIZZA, NOON).join();
            parcels.place("acme", "c", PIZZA, NOON.plus(RETENTION).plusSeconds(1))
                    .join();
            assertThat(listEvents(store)).containsExactly(1L, 2L, 3L);
        }
    }

    /// Kept for 30 days until yesterday, and for a day from now on.
    @Test
    void aBacklogIsPurgedWhenIdle() {
        var orders = 3_000;
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            var placed = IntStream.range(0, orders)
                    .mapToObj(i -> parcels.place("acme", "m" + i, PIZZA, NOON))
                    .toList();
            placed.forEach(future -> assertThat(future.join()).isNotNull());
            parcels.place("acme", "new", PIZZA, NOON.plus(Duration.ofDays(2))).join();
            assertThat(listEvents(store)).hasSize(orders + 1);
        }
        var shorter = new StoreLimits(10_000, 1_024, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofDays(1));
        try (var store = Store.open(directory, shorter, () -> {})) {
            while (listEvents(store).size() > 1) {
                Thread.onSpinWait();
            }
            assertThat(listEvents(store)).containsExactly(orders + 1L);
            assertThat(store.eventLog().listHistory(OrderFixture.id("acme", "m0")))
                    .hasSize(1);
        }
    }

    @Test
    void endedOrdersArePurgedWhenConfigured() {
        var limits = LIMITS.withOrderRetention(RETENTION);
        try (var store = Store.open(directory, limits, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "ended", PIZZA, NOON).join();
            parcels.place("acme", "active", PIZZA, NOON).join();
            parcels.handle("acme", "ended", new OrderCommand.Decline("closed"), OrderFixture.storeActor("acme"))
                    .join();
            var later = NOON.plus(RETENTION).plusSeconds(1);
            for (var i = 0; i < 5; i++) {
                parcels.place("acme", "new" + i, PIZZA, later).join();
            }
            assertThat(store.orderQueries().findOrder(OrderFixture.id("acme", "ended")))
                    .isEmpty();
            assertThat(store.eventLog().listHistory(OrderFixture.id("acme", "ended")))
                    .isEmpty();
            assertThat(store.orderQueries().findOrder(OrderFixture.id("acme", "active")))
                    .isPresent();
            assertThat(store.eventLog().listHistory(OrderFixture.id("acme", "active")))
                    .hasSize(1);
            assertThat(store.eventLog().retainedAfter()).isEqualTo(3);
            parcels.handle("acme", "active", new OrderCommand.Accept(), OrderFixture.storeActor("acme"))
                    .join();
        }
        try (var store = Store.open(directory, limits, () -> {})) {
            assertThat(store.eventLog().lastSequence()).isEqualTo(9);
            assertThat(store.eventLog().listAfter(0, 10))
                    .extracting(LogEntry::sequence)
                    .containsExactly(2L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }

    @Test
    void aPurgedOrderIsNotFoundByItsWords() throws SQLException {
        var others = 300;
        try (var store = Store.open(directory, LIMITS.withOrderRetention(RETENTION), () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "ended", PIZZA, NOON).join();
            parcels.handle("acme", "ended", new OrderCommand.Decline("closed"), OrderFixture.storeActor("acme"))
                    .join();
            IntStream.range(0, others)
                    .mapToObj(i -> parcels.place("acme", "filler" + i, PIZZA, NOON))
                    .toList()
                    .forEach(CompletableFuture::join);
            assertThat(search(store, "ended")).containsExactly(OrderFixture.id("acme", "ended"));
            assertThat(countIndexed("ended")).isEqualTo(1);
            parcels.place("acme", "new", PIZZA, NOON.plus(RETENTION).plusSeconds(1))
                    .join();
            assertThat(search(store, "ended")).isEmpty();
            assertThat(search(store, "filler7")).isNotEmpty();
        }
        assertThat(countIndexed("ended")).isZero();
    }

    private static List<OrderId> search(Store store, String text) {
        return store
                .orderQueries()
                .search(
                        OrderSearch.parse(text).orElseThrow(),
                        new OrderFilter(new OrderFilter.Scope.All(), Set.of(), Long.MAX_VALUE, 10))
                .matches()
                .stream()
                .map(OrderMatches.Match::order)
                .toList();
    }

    private int countIndexed(String word) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("waybill.db"));
                var query = connection.prepareStatement("SELECT count(*) FROM order_word WHERE order_word MATCH ?")) {
            query.setString(1, word);
            try (var rows = query.executeQuery()) {
                return rows.getInt(1);
            }
        }
    }

    /// Or else the next event would be given the same position.
    @Test
    void theNewestEventIsNeverPurged() {
        var limits = LIMITS.withOrderRetention(RETENTION);
        try (var store = Store.open(directory, limits, () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "m1", PIZZA, NOON.plus(RETENTION).plusSeconds(1))
                    .join();
            parcels.place("acme", "m2", PIZZA, NOON).join();
            parcels.handle("acme", "m2", new OrderCommand.Decline("closed"), OrderFixture.storeActor("acme"))
                    .join();
            store.journal().submit(_ -> true).join();
        }
        try (var store = Store.open(directory, limits, () -> {})) {
            assertThat(store.eventLog().lastSequence()).isEqualTo(3);
            assertThat(store.orderQueries().findOrder(OrderFixture.id("acme", "m2")))
                    .isPresent();
        }
    }

    private static List<Long> listEvents(Store store) {
        return store.eventLog().eventsFor(NILS, 0, Long.MAX_VALUE, 10_000).stream()
                .map(LogEntry::sequence)
                .toList();
    }

    private static List<QueuedMessage> listMessages(Store store) {
        return store.messageQueues().listMessages(new Queue("acme", Topic.PICKUP), "no-reader", 0, Long.MAX_VALUE, 10);
    }
}
