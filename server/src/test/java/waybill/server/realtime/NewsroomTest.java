package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.LogEntry;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Relay;
import waybill.order.Speaker;
import waybill.storage.Limits;
import waybill.storage.Store;

class NewsroomTest {

    private static final int ORDERS = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Random random = new Random(4);
    private final List<Long> told = new ArrayList<>();

    @Test
    void tellsEverythingInOrderToAWorldThatFailsOneTimeInFourAndGoesOnWhereItWas() throws InterruptedException {
        var bell = new Bell();
        var all = new CountDownLatch(ORDERS);
        try (var store = Store.open(directory, Limits.defaults(), bell::ring)) {
            try (var newsroom = newsroom(store, bell, all)) {
                newsroom.start();
                place(store, 0, ORDERS);
                while (all.getCount() > 0) {
                    bell.ring(); // somebody else's news: every commit rings it
                }
            }
            assertThat(told)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, ORDERS).boxed().toList());
            store.journal().submit(_ -> true).join(); // what the newsroom remembered went before it
            assertThat(store.log().mark("caps")).isEqualTo(ORDERS);

            told.clear();
            var more = new CountDownLatch(5);
            try (var later = newsroom(store, bell, more)) {
                later.start();
                place(store, ORDERS, 5);
                while (more.getCount() > 0) {
                    bell.ring();
                }
            }
            assertThat(told).containsExactly(41L, 42L, 43L, 44L, 45L);
        }
    }

    @Test
    void anErrorIsKnownAndKeepsNothingFromBeingTold() throws InterruptedException {
        var bell = new Bell();
        var health = new ThreadHealth();
        var all = new CountDownLatch(3);
        Relay.World broken = entry -> {
            if (entry.position() == 2) {
                throw new StackOverflowError("of one event");
            }
        };
        Relay.World well = entry -> {
            told.add(entry.position());
            all.countDown();
        };
        try (var store = Store.open(directory, Limits.defaults(), bell::ring);
                var newsroom = new Newsroom(
                        "caps",
                        store.log(),
                        store.journal(),
                        new Worlds(List.of(broken, well), health),
                        bell,
                        InstantSource.system(),
                        health)) {
            newsroom.start();
            place(store, 0, 3);
            all.await();
            assertThat(told).containsExactly(1L, 2L, 3L);
            assertThat(health.failed()).containsExactly("waybill-relay-caps");
        }
    }

    @Test
    void anErrorThatIsNotOfOneEventEndsNoThread() throws InterruptedException {
        var bell = new Bell();
        var health = new ThreadHealth();
        var all = new CountDownLatch(3);
        Relay.World world = entry -> {
            if (health.failed().isEmpty()) {
                throw new AssertionError("once");
            }
            told.add(entry.position());
            all.countDown();
        };
        try (var store = Store.open(directory, Limits.defaults(), bell::ring);
                var newsroom = new Newsroom(
                        "caps", store.log(), store.journal(), world, bell, InstantSource.system(), health)) {
            newsroom.start();
            place(store, 0, 3);
            while (all.getCount() > 0) {
                bell.ring();
            }
            assertThat(told).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void whatIsDueIsLookedAtAgainAfterAnError() throws InterruptedException {
        var health = new ThreadHealth();
        var looks = new CountDownLatch(3);
        Runnable look = () -> {
            looks.countDown();
            throw new AssertionError("each time");
        };
        try (var ticker = new Ticker(List.of(look), health)) {
            ticker.start();
            looks.await();
            assertThat(health.failed()).containsExactly("waybill-ticker");
        }
    }

    private Newsroom newsroom(Store store, Bell bell, CountDownLatch count) {
        return new Newsroom(
                "caps", store.log(), store.journal(), entry -> tell(entry, count), bell, InstantSource.system());
    }

    private void tell(LogEntry entry, CountDownLatch count) {
        if (random.nextInt(4) == 0) {
            throw new IllegalStateException("the world was busy");
        }
        told.add(entry.position());
        count.countDown();
    }

    private static void place(Store store, int from, int count) {
        var orders = new Orders(store.journal(), _ -> true, new Orders.Rules("T", Optional.empty(), _ -> "{}"));
        var now = InstantSource.system().instant();
        for (var i = from; i < from + count; i++) {
            var place = new OrderCommand.Place(
                    new OrderId(new UUID(0, i)), "m" + i, OrderState.READY_FOR_PICKUP, Details.ofParcel("", ""), "{}");
            var by = new Speaker.Believed(new Actor(Actor.Kind.STORE, "acme-widgets"));
            orders.handle(new Orders.Request(new Orders.Which.Named("acme-widgets", "m" + i), place, by, now, now))
                    .join();
        }
    }
}
