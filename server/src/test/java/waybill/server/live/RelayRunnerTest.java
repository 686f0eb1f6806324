package waybill.server.live;

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
import waybill.concurrent.Threads;
import waybill.hub.OrderCommandHandler;
import waybill.hub.ParcelQueues;
import waybill.hub.relay.CompositeListener;
import waybill.hub.relay.NodeCheckpoint;
import waybill.hub.relay.Relay;
import waybill.hub.relay.RelayRunner;
import waybill.hub.relay.WakeUpSignal;
import waybill.hub.schedule.Scheduler;
import waybill.hub.schedule.ThreadHealth;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.OfferPolicy;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

class RelayRunnerTest {

    private static final int ORDERS = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Random random = new Random(4);
    private final List<Long> delivered = new ArrayList<>();

    @Test
    void deliversEveryEventInOrderToAFailingListenerAndResumesAtTheCheckpoint() throws InterruptedException {
        var wakeUpSignal = new WakeUpSignal();
        var all = new CountDownLatch(ORDERS);
        try (var store = Store.open(directory, StoreLimits.defaults(), wakeUpSignal::signal)) {
            try (var relayRunner = relayRunner(store, wakeUpSignal, all)) {
                relayRunner.start();
                place(store, 0, ORDERS);
                while (all.getCount() > 0) {
                    wakeUpSignal.signal(); // every commit signals it, also one of another transaction
                }
            }
            assertThat(delivered)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, ORDERS).boxed().toList());
            store.journal().submit(_ -> true).join(); // the checkpoint of the relay was submitted before it
            assertThat(store.eventLog().findRelayCheckpoint("caps")).hasValue(ORDERS);

            delivered.clear();
            var more = new CountDownLatch(5);
            try (var later = relayRunner(store, wakeUpSignal, more)) {
                later.start();
                place(store, ORDERS, 5);
                while (more.getCount() > 0) {
                    wakeUpSignal.signal();
                }
            }
            assertThat(delivered).containsExactly(41L, 42L, 43L, 44L, 45L);
        }
    }

    @Test
    void anErrorIsReportedAndOtherEventsAreDelivered() throws InterruptedException {
        var wakeUpSignal = new WakeUpSignal();
        var health = new ThreadHealth();
        var all = new CountDownLatch(3);
        Relay.EventListener broken = entry -> {
            if (entry.sequence() == 2) {
                throw new StackOverflowError("of one event");
            }
        };
        Relay.EventListener well = entry -> {
            delivered.add(entry.sequence());
            all.countDown();
        };
        try (var store = Store.open(directory, StoreLimits.defaults(), wakeUpSignal::signal);
                var relayRunner = new RelayRunner(
                        NodeCheckpoint.named("caps", store.eventLog()),
                        store.eventLog(),
                        store.journal(),
                        new CompositeListener(List.of(broken, well), health),
                        wakeUpSignal,
                        InstantSource.system(),
                        health,
                        Threads.ofPlatform())) {
            relayRunner.start();
            place(store, 0, 3);
            all.await();
            assertThat(delivered).containsExactly(1L, 2L, 3L);
            assertThat(health.failed()).containsExactly("waybill-relay-caps");
        }
    }

    @Test
    void anErrorThatIsNotOfOneEventEndsNoThread() throws InterruptedException {
        var wakeUpSignal = new WakeUpSignal();
        var health = new ThreadHealth();
        var all = new CountDownLatch(3);
        Relay.EventListener world = entry -> {
            if (health.failed().isEmpty()) {
                throw new AssertionError("once");
            }
            delivered.add(entry.sequence());
            all.countDown();
        };
        try (var store = Store.open(directory, StoreLimits.defaults(), wakeUpSignal::signal);
                var relayRunner = new RelayRunner(
                        NodeCheckpoint.named("caps", store.eventLog()),
                        store.eventLog(),
                        store.journal(),
                        world,
                        wakeUpSignal,
                        InstantSource.system(),
                        health,
                        Threads.ofPlatform())) {
            relayRunner.start();
            place(store, 0, 3);
            while (all.getCount() > 0) {
                wakeUpSignal.signal();
            }
            assertThat(delivered).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aScheduledTaskRunsAgainAfterAnError() throws InterruptedException {
        var health = new ThreadHealth();
        var looks = new CountDownLatch(3);
        Runnable look = () -> {
            looks.countDown();
            throw new AssertionError("each time");
        };
        try (var ticker = new Scheduler(List.of(look), health, Threads.ofPlatform())) {
            ticker.start();
            looks.await();
            assertThat(health.failed()).containsExactly("waybill-ticker");
        }
    }

    private RelayRunner relayRunner(Store store, WakeUpSignal wakeUpSignal, CountDownLatch count) {
        return new RelayRunner(
                "caps",
                store.eventLog(),
                store.journal(),
                entry -> onEvent(entry, count),
                wakeUpSignal,
                InstantSource.system());
    }

    private void onEvent(LogEntry entry, CountDownLatch count) {
        if (random.nextInt(4) == 0) {
            throw new IllegalStateException("the world was busy");
        }
        delivered.add(entry.sequence());
        count.countDown();
    }

    private static void place(Store store, int from, int count) {
        var orders = new OrderCommandHandler(
                store.journal(),
                _ -> true,
                new OrderCommandHandler.OrderPolicy("T", Optional.empty(), OfferPolicy.TO_ALL, ParcelQueues::route));
        var now = InstantSource.system().instant();
        for (var i = from; i < from + count; i++) {
            var place = new OrderCommand.Place(
                    new OrderId(new UUID(0, i)),
                    "m" + i,
                    OrderState.READY_FOR_PICKUP,
                    OrderDetails.ofParcel("", "").withDocument("{}"));
            var by = new Caller.Trusted(new Actor(Actor.Kind.STORE, "acme-widgets"));
            orders.handle(new OrderCommandHandler.OrderRequest(
                            new OrderCommandHandler.OrderReference.ByStoreReference("acme-widgets", "m" + i),
                            place,
                            by,
                            now,
                            now))
                    .join();
        }
    }
}
