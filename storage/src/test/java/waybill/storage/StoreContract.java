package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.Parcels.KARI;
import static waybill.storage.Parcels.NOON;
import static waybill.storage.Parcels.OLA;
import static waybill.storage.Parcels.eventId;
import static waybill.storage.Parcels.reason;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.mailbox.Checkpoint;
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.Decision.Reason;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderState;
import waybill.order.Orders.Outcome;

/// What [waybill.order.Journal] with its ledger, [waybill.order.EventLog] and [waybill.mailbox.Mailboxes] promise
/// together about parcels and their queues.
interface StoreContract extends StorePorts {

    /// The events of a parcel that a driver takes along: assigned to somebody, and to a driver, picked up, in transit.
    int COLLECTED = 4;

    /// Reads what waits for everybody.
    String NOBODY = "nobody";

    @Test
    default void aPlacedParcelIsInTheLogAndWaitsForTheDrivers() {
        var eventId = eventId(parcels().place(ACME, "m1", "o1").join());
        var entry = log().after(0, 10).getFirst();
        assertThat(log().head()).isEqualTo(eventId).isEqualTo(1);
        var order = entry.order().orElseThrow();
        assertThat(order.store()).isEqualTo(ACME);
        assertThat(order.messageId()).isEqualTo("m1");
        assertThat(order.foreignId()).isEqualTo("o1");
        assertThat(order.version()).isEqualTo(eventId);
        assertThat(entry.before()).isEqualTo(OrderState.NEW);
        assertThat(entry.event()).isEqualTo(new OrderEvent.Placed(OrderState.READY_FOR_PICKUP, "{\"placed\":\"m1\"}"));
        assertThat(entry.by()).hasToString("store:acme-widgets");
        assertThat(entry.occurredAt()).isEqualTo(NOON);
        assertThat(entry.receivedAt()).isEqualTo(NOON.plusMillis(5));
        assertThat(waiting(new Queue(ACME, Topic.PICKUP))).containsExactly("m1");
    }

    @Test
    default void aMessageSaidTwiceIsKeptOnce() {
        var first = parcels().place(ACME, "m1").join();
        var second = parcels().place(ACME, "m1").join();
        assertThat(first).isInstanceOf(Outcome.Done.class);
        assertThat(second).isInstanceOf(Outcome.Duplicate.class);
        assertThat(log().head()).isEqualTo(1);
        assertThat(waiting(new Queue(ACME, Topic.PICKUP))).containsExactly("m1");
    }

    @Test
    default void twoStoresMayUseTheSameNames() {
        parcels().place(ACME, "m1").join();
        assertThat(parcels().place(FLOWERS, "m1").join()).isInstanceOf(Outcome.Done.class);
        assertThat(reason(parcels().scan("m1", KARI).join())).isEqualTo(Reason.AMBIGUOUS);
    }

    @Test
    default void oneForeignIdIsOneOrderOfItsStore() {
        parcels().place(ACME, "m1", "o1").join();
        assertThat(reason(parcels().place(ACME, "m2", "o1").join())).isEqualTo(Reason.CONFLICT);
        assertThat(parcels().place(FLOWERS, "m2", "o1").join()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    default void anOrderIsFoundByEitherOfItsNames() {
        parcels().place(ACME, "m1", "o1").join();
        assertThat(parcels().collect(ACME, "o1", KARI).join()).isInstanceOf(Outcome.Done.class);
        assertThat(parcels().deliver(ACME, "m1", KARI).join()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    default void aScannedCodeDeliversWithWhatTheSenderSaid() {
        parcels().place(ACME, "m1", "code-1").join();
        parcels().collect(ACME, "m1", KARI).join();
        parcels().scan("code-1", KARI).join();
        assertThat(mailboxes().page(new Queue(ACME, Topic.DELIVERED), NOBODY, 0, Long.MAX_VALUE, 10))
                .extracting(Letter::payload)
                .containsExactly("{\"placed\":\"m1\"}");
    }

    @Test
    default void whatNobodyPlacedIsNotFound() {
        assertThat(reason(parcels().collect(ACME, "m1", KARI).join())).isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(parcels().scan("m1", KARI).join())).isEqualTo(Reason.NOT_FOUND);
        assertThat(log().head()).isZero();
    }

    @Test
    default void aRefusalLeavesNoTrace() {
        parcels().place(ACME, "m1").join();
        parcels().collect(ACME, "m1", KARI).join();
        assertThat(reason(parcels().collect(ACME, "m1", OLA).join())).isEqualTo(Reason.CONFLICT);
        assertThat(log().head()).isEqualTo(1 + COLLECTED);
        assertThat(waiting(new Queue(ACME, Topic.IN_TRANSIT))).containsExactly("m1");
    }

    @Test
    default void aLetterLeavesItsQueueOnceAndForGood() {
        parcels().place(ACME, "m1").join();
        parcels().deliver(ACME, "m1", KARI).join();
        var queue = new Queue(ACME, Topic.DELIVERED);
        assertThat(parcels().orders().received(queue, "m1", KARI).join()).isTrue();
        assertThat(parcels().orders().received(queue, "m1", KARI).join()).isFalse();
        assertThat(waiting(queue)).isEmpty();
        assertThat(waiting(new Queue(ACME, Topic.IN_TRANSIT)))
                .as("another queue")
                .containsExactly("m1");
    }

    @Test
    default void aLetterThatNeverWasCannotBeTaken() {
        parcels().place(ACME, "m1").join();
        assertThat(parcels()
                        .orders()
                        .received(new Queue(ACME, Topic.DELIVERED), "m1", KARI)
                        .join())
                .isFalse();
        assertThat(parcels()
                        .orders()
                        .received(new Queue(ACME, Topic.PICKUP), "m2", KARI)
                        .join())
                .isFalse();
        assertThat(parcels()
                        .orders()
                        .received(new Queue("nobody", Topic.DELIVERED), "m1", KARI)
                        .join())
                .isFalse();
    }

    @Test
    default void aPickupThatANamedDriverHasTakenOnWaitsForThatDriverAlone() {
        var queue = new Queue(ACME, Topic.PICKUP);
        parcels().place(ACME, "m1").join();
        parcels().place(ACME, "m2").join();
        parcels().collect(ACME, "m1", KARI).join();
        assertThat(waiting(queue)).containsExactly("m2");
        assertThat(waitingFor(OLA.toString(), queue)).containsExactly("m2");
        assertThat(waitingFor(KARI.toString(), queue)).containsExactly("m1", "m2");
        assertThat(mailboxes().page(Topic.PICKUP, OLA.toString(), 0, Long.MAX_VALUE, 10))
                .extracting(Letter::messageId)
                .containsExactly("m2");
        assertThat(mailboxes().page(Topic.PICKUP, KARI.toString(), 0, Long.MAX_VALUE, 10))
                .extracting(letter -> letter.takenBy().orElse("nobody"))
                .containsExactly("driver:kari", "nobody");
        assertThat(mailboxes().depths())
                .contains(new Depth(queue, 1, NOON.plusMillis(5)))
                .hasSize(2);
        parcels().say(ACME, "m1", new OrderCommand.Assign(OLA), KARI).join();
        assertThat(waitingFor(KARI.toString(), queue)).containsExactly("m2");
        assertThat(waitingFor(OLA.toString(), queue)).as("given to another").containsExactly("m1", "m2");
    }

    @Test
    default void aPickupTakenOnOverAConnectionWaitsForEverybodyForNobodyKnowsHowLongThatLives() {
        parcels().place(ACME, "m1").join();
        var somebody = new Actor(Actor.Kind.SOCKET, "s1");
        parcels().collect(ACME, "m1", somebody).join();
        assertThat(mailboxes().page(Topic.PICKUP, OLA.toString(), 0, Long.MAX_VALUE, 10))
                .extracting(letter -> letter.takenBy().orElse("nobody"))
                .containsExactly("socket:s1");
        assertThat(mailboxes().depths()).contains(new Depth(new Queue(ACME, Topic.PICKUP), 1, NOON.plusMillis(5)));
    }

    @Test
    default void aPickupLeavesItsQueueWhenNothingIsToBePickedUpAnyMore() {
        var queue = new Queue(ACME, Topic.PICKUP);
        for (var name : List.of("delivered", "cancelled", "failed", "waits")) {
            parcels().place(ACME, name).join();
        }
        parcels().deliver(ACME, "delivered", KARI).join();
        parcels()
                .say(ACME, "cancelled", new OrderCommand.Cancel("no longer wanted"), KARI)
                .join();
        parcels().collect(ACME, "failed", KARI).join();
        assertThat(waitingFor(KARI.toString(), queue)).containsExactly("failed", "waits");
        parcels()
                .say(ACME, "failed", new OrderCommand.Fail("nobody at home"), KARI)
                .join();
        assertThat(waitingFor(KARI.toString(), queue)).containsExactly("waits");
        assertThat(parcels().orders().received(queue, "delivered", KARI).join())
                .as("gone for good")
                .isFalse();
    }

    @Test
    default void lettersAreReadInPagesOldestFirst() {
        IntStream.range(0, 25)
                .forEach(i ->
                        parcels().place(i % 2 == 0 ? ACME : FLOWERS, "m" + i).join());
        var all = new ArrayList<Letter>();
        for (var page = mailboxes().page(Topic.PICKUP, NOBODY, 0, 20, 7);
                !page.isEmpty();
                page = mailboxes().page(Topic.PICKUP, NOBODY, all.getLast().eventId(), 20, 7)) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            all.addAll(page);
        }
        assertThat(all)
                .extracting(Letter::eventId)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(mailboxes().page(new Queue(FLOWERS, Topic.PICKUP), NOBODY, 4, 20, 3))
                .extracting(Letter::messageId)
                .containsExactly("m5", "m7", "m9");
    }

    @Test
    default void depthsShowEveryQueueThatIsNotEmpty() {
        parcels().place(ACME, "m1").join();
        parcels().place(ACME, "m2").join();
        parcels().deliver(ACME, "m2", KARI).join();
        assertThat(mailboxes().depths())
                .containsExactly(
                        new Depth(new Queue(ACME, Topic.PICKUP), 1, NOON.plusMillis(5)),
                        new Depth(new Queue(ACME, Topic.IN_TRANSIT), 1, NOON),
                        new Depth(new Queue(ACME, Topic.DELIVERED), 1, NOON));
    }

    @Test
    default void theLogIsSearchedByStoreTopicTimeAndPlace() {
        parcels().place(ACME, "m1").join();
        parcels().place(FLOWERS, "m2").join();
        parcels().collect(ACME, "m1", KARI).join();
        parcels().deliver(ACME, "m1", KARI).join();
        assertThat(positions(ACME, null, 0, Instant.EPOCH, 10)).containsExactly(1L, 3L, 4L, 5L, 6L, 7L);
        assertThat(positions(ACME, Topic.IN_TRANSIT, 0, Instant.EPOCH, 10)).containsExactly(6L);
        assertThat(positions(ACME, Topic.DELIVERED, 0, Instant.EPOCH, 10)).containsExactly(7L);
        assertThat(positions(null, Topic.PICKUP, 0, Instant.EPOCH, 10)).containsExactly(1L, 2L);
        assertThat(positions(null, null, 1, Instant.EPOCH, 2)).containsExactly(2L, 3L);
        assertThat(positions(null, null, 0, NOON.plusMillis(1), 10)).containsExactly(1L, 2L);
        assertThat(positions("nobody", null, 0, Instant.EPOCH, 10)).isEmpty();
    }

    @Test
    default void aCheckpointIsOfOneUserAndDialectAndTheNewestOneCounts() {
        var realtime = new Checkpoint("driver:7", "realtime", 3, false, NOON);
        var storefront = new Checkpoint("driver:7", "storefront", 4, true, NOON.plusSeconds(1));
        for (var one : List.of(storefront, realtime, new Checkpoint("customer:7", "realtime", 9, false, NOON))) {
            save(one);
        }
        assertThat(checkpoints().of("driver:7")).containsExactly(realtime, storefront);
        var newer = new Checkpoint("driver:7", "realtime", 5, true, NOON.plusSeconds(2));
        save(newer);
        assertThat(checkpoints().of("driver:7")).containsExactly(newer, storefront);
        assertThat(checkpoints().of("admin:7")).isEmpty();
    }

    @Test
    default void checkpointsThatNobodyHasSavedForLongAreDeleted() {
        save(new Checkpoint("driver:7", "realtime", 3, false, NOON));
        save(new Checkpoint("driver:8", "realtime", 3, false, NOON.plusSeconds(1)));
        journal()
                .submit(ledger -> {
                    ledger.purgeCheckpoints(NOON.plusSeconds(1));
                    return true;
                })
                .join();
        assertThat(checkpoints().of("driver:7")).isEmpty();
        assertThat(checkpoints().of("driver:8")).hasSize(1);
    }

    private void save(Checkpoint checkpoint) {
        journal()
                .submit(ledger -> {
                    ledger.saveCheckpoint(checkpoint);
                    return true;
                })
                .join();
    }

    @Test
    default void aRelaysPlaceIsRemembered() {
        assertThat(log().mark("caps")).isZero();
        journal().submit(ledger -> marked(ledger, 7)).join();
        journal().submit(ledger -> marked(ledger, 9)).join();
        assertThat(log().mark("caps")).isEqualTo(9);
    }

    @Test
    default void workThatFailsIsLeftOutAndTheRestIsKept() {
        var before = parcels().place(ACME, "m1");
        var bad = journal().<String>submit(ledger -> {
            var order = ledger.named(ACME, "m1").orElseThrow();
            var delivered = new OrderEvent.Moved(OrderState.DELIVERED, "", "{}");
            ledger.post(
                    new Queue(ACME, Topic.DELIVERED), ledger.append(order.state(), order, delivered, KARI, NOON, NOON));
            throw new IllegalArgumentException("a bug");
        });
        var after = parcels().place(ACME, "m2");
        assertThat(bad).failsWithin(Duration.ofSeconds(10)).withThrowableThat().withMessageContaining("a bug");
        assertThat(before.join()).isInstanceOf(Outcome.Done.class);
        assertThat(eventId(after.join())).isEqualTo(2);
        assertThat(waiting(new Queue(ACME, Topic.DELIVERED))).isEmpty();
    }

    /// 64 rivals want the same hundred parcels: each parcel has one winner, and everybody else is told so.
    @Test
    default void ofManyRivalsOneWinsEachParcel() throws InterruptedException {
        var parcels = parcels();
        IntStream.range(0, 100).forEach(i -> parcels.place(ACME, "m" + i).join());
        Map<String, Integer> winners = new ConcurrentSkipListMap<>();
        var rivals = IntStream.range(0, 64)
                .mapToObj(rival -> Thread.ofVirtual().start(() -> {
                    var driver = Actor.driver("driver-" + rival);
                    for (var i = 0; i < 100; i++) {
                        if (parcels.collect(ACME, "m" + i, driver).join() instanceof Outcome.Done) {
                            winners.merge("m" + i, 1, Integer::sum);
                        }
                    }
                }))
                .toList();
        for (var rival : rivals) {
            rival.join();
        }
        assertThat(winners).hasSize(100).allSatisfy((_, won) -> assertThat(won).isEqualTo(1));
        assertThat(log().head()).isEqualTo(100 + 100 * COLLECTED);
    }

    /// A reader that goes on from what it has seen misses nothing, however busy the writers are.
    @Test
    default void nothingAppearsBehindAReader() {
        var placed = IntStream.range(0, 2_000)
                .mapToObj(i -> parcels().place(ACME, "m" + i))
                .toList();
        var seen = new ArrayList<Long>();
        while (seen.size() < placed.size()) {
            var last = seen.isEmpty() ? 0 : seen.getLast();
            log().after(last, 100).forEach(entry -> seen.add(entry.position()));
        }
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2_000).boxed().toList());
        assertThat(placed).allSatisfy(future -> assertThat(future).isCompleted());
    }

    private static boolean marked(Ledger ledger, long position) {
        ledger.mark("caps", position);
        return true;
    }

    private List<String> waiting(Queue queue) {
        return waitingFor(NOBODY, queue);
    }

    private List<String> waitingFor(String reader, Queue queue) {
        return mailboxes().page(queue, reader, 0, Long.MAX_VALUE, 100).stream()
                .map(Letter::messageId)
                .toList();
    }

    private List<Long> positions(@Nullable String store, @Nullable Topic topic, long after, Instant since, int max) {
        return log().search(new LogFilter(store, topic, after, since, max)).stream()
                .map(LogEntry::position)
                .toList();
    }
}
