package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderBookContract.PIZZA;
import static waybill.storage.Parcels.NOON;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.mailbox.Letter;
import waybill.mailbox.Queue;
import waybill.mailbox.Reader;
import waybill.mailbox.Receipt;
import waybill.mailbox.Topic;
import waybill.order.LogEntry;
import waybill.order.OrderCommand;

/// Letters and receipts that nobody takes are thrown away after a while, a few at a time; the log stays whole.
class RetentionTest {

    private static final Duration KEPT_FOR = Duration.ofDays(30);
    private static final Limits LIMITS =
            new Limits(10_000, 1_024, Duration.ofSeconds(1), Duration.ofMillis(10), KEPT_FOR);
    private static final Reader NILS = Reader.of(new Principal("nils", Role.CUSTOMER, null, null, null));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void asNewEventsComeInTheLettersOfOldOnesGo() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new Parcels(store.journal());
            parcels.order("acme", "old", PIZZA, NOON).join();
            parcels.place("acme", "parcel").join();
            var pickups = new Queue("acme", Topic.PICKUP);
            assertThat(parcels.orders().received(pickups, "parcel", Parcels.OLA).join())
                    .isTrue();
            parcels.order("acme", "young", PIZZA, NOON.plus(KEPT_FOR)).join();
            assertThat(news(store)).as("not too old yet").containsExactly(1L, 3L);
            assertThat(store.log().horizon()).isZero();
            parcels.order("acme", "now", PIZZA, NOON.plus(KEPT_FOR).plusSeconds(1))
                    .join();
            assertThat(news(store)).containsExactly(3L, 4L);
            assertThat(store.receipts().search(Optional.empty(), Optional.empty(), 0, 10))
                    .extracting(Receipt::eventId)
                    .containsExactly(3L, 4L);
            assertThat(waiting(store)).isEmpty();
            assertThat(store.log().horizon()).isEqualTo(2);
            assertThat(store.log().after(0, 10)).hasSize(4);
        }
    }

    @Test
    void whatIsInTimeIsKeptAlthoughSomethingOlderCameAfterIt() {
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new Parcels(store.journal());
            parcels.order("acme", "a", PIZZA, NOON.plus(KEPT_FOR)).join();
            parcels.order("acme", "b", PIZZA, NOON).join();
            parcels.order("acme", "c", PIZZA, NOON.plus(KEPT_FOR).plusSeconds(1))
                    .join();
            assertThat(news(store)).containsExactly(1L, 2L, 3L);
        }
    }

    /// Kept for 30 days until yesterday, and for a day from now on.
    @Test
    void aBacklogIsThrownAwayWhenThereIsTime() {
        var orders = 3_000;
        try (var store = Store.open(directory, LIMITS, () -> {})) {
            var parcels = new Parcels(store.journal());
            var placed = IntStream.range(0, orders)
                    .mapToObj(i -> parcels.order("acme", "m" + i, PIZZA, NOON))
                    .toList();
            placed.forEach(future -> assertThat(future.join()).isNotNull());
            parcels.order("acme", "new", PIZZA, NOON.plus(Duration.ofDays(2))).join();
            assertThat(news(store)).hasSize(orders + 1);
        }
        var shorter = new Limits(10_000, 1_024, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofDays(1));
        try (var store = Store.open(directory, shorter, () -> {})) {
            while (news(store).size() > 1) {
                Thread.onSpinWait();
            }
            assertThat(news(store)).containsExactly(orders + 1L);
            assertThat(store.log().history(Parcels.id("acme", "m0"))).hasSize(1);
        }
    }

    @Test
    void endedOrdersGoWithTheirEventsWhenTheOperatorWantsThat() {
        var limits = LIMITS.withOrdersKeptFor(KEPT_FOR);
        try (var store = Store.open(directory, limits, () -> {})) {
            var parcels = new Parcels(store.journal());
            parcels.order("acme", "ended", PIZZA, NOON).join();
            parcels.order("acme", "active", PIZZA, NOON).join();
            parcels.say("acme", "ended", new OrderCommand.Decline("closed"), Parcels.storeOf("acme"))
                    .join();
            var later = NOON.plus(KEPT_FOR).plusSeconds(1);
            for (var i = 0; i < 5; i++) {
                parcels.order("acme", "new" + i, PIZZA, later).join();
            }
            assertThat(store.book().byId(Parcels.id("acme", "ended"))).isEmpty();
            assertThat(store.log().history(Parcels.id("acme", "ended"))).isEmpty();
            assertThat(store.book().byId(Parcels.id("acme", "active"))).isPresent();
            assertThat(store.log().history(Parcels.id("acme", "active"))).hasSize(1);
            assertThat(store.log().horizon()).isEqualTo(3);
            parcels.say("acme", "active", new OrderCommand.Accept(), Parcels.storeOf("acme"))
                    .join();
        }
        try (var store = Store.open(directory, limits, () -> {})) {
            assertThat(store.log().head()).isEqualTo(9);
            assertThat(store.log().after(0, 10))
                    .extracting(LogEntry::position)
                    .containsExactly(2L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }

    /// Or else the next event would be given the same position.
    @Test
    void theNewestEventStaysHoweverOldItIs() {
        var limits = LIMITS.withOrdersKeptFor(KEPT_FOR);
        try (var store = Store.open(directory, limits, () -> {})) {
            var parcels = new Parcels(store.journal());
            parcels.order("acme", "m1", PIZZA, NOON.plus(KEPT_FOR).plusSeconds(1))
                    .join();
            parcels.order("acme", "m2", PIZZA, NOON).join();
            parcels.say("acme", "m2", new OrderCommand.Decline("closed"), Parcels.storeOf("acme"))
                    .join();
            store.journal().submit(_ -> true).join();
        }
        try (var store = Store.open(directory, limits, () -> {})) {
            assertThat(store.log().head()).isEqualTo(3);
            assertThat(store.book().byId(Parcels.id("acme", "m2"))).isPresent();
        }
    }

    private static List<Long> news(Store store) {
        return store.log().news(NILS, 0, Long.MAX_VALUE, 10_000).stream()
                .map(LogEntry::position)
                .toList();
    }

    private static List<Letter> waiting(Store store) {
        return store.mailboxes().page(new Queue("acme", Topic.PICKUP), "nobody", 0, Long.MAX_VALUE, 10);
    }
}
