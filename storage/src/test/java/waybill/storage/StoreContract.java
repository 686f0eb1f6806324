package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.OrderFixture.eventId;
import static waybill.storage.OrderFixture.reason;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.journal.UnitOfWork;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Decision.Reason;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// What [waybill.journal.Journal] with its unit of work and [waybill.journal.EventLog] promise together about
/// parcels.
interface StoreContract extends StorePorts {

    /// The events of a parcel that a driver collects: assigned, assigned to a driver, picked up, in transit.
    int EVENTS_OF_COLLECTED = 4;

    @Test
    default void aPlacedParcelIsInTheLogAndWaitsForTheDrivers() {
        var eventId = eventId(orderFixture().place(ACME, "m1", "o1").join());
        var entry = eventLog().listAfter(0, 10).getFirst();
        assertThat(eventLog().lastSequence()).isEqualTo(eventId).isEqualTo(1);
        var order = entry.order().orElseThrow();
        assertThat(order.store()).isEqualTo(ACME);
        assertThat(order.messageId()).isEqualTo("m1");
        assertThat(order.foreignId()).isEqualTo("o1");
        assertThat(order.lastSequence()).isEqualTo(eventId);
        assertThat(entry.previousState()).isEqualTo(OrderState.NEW);
        assertThat(entry.event()).isEqualTo(new OrderEvent.Placed(OrderState.READY_FOR_PICKUP));
        assertThat(order.details().document()).isEqualTo("{\"placed\":\"m1\"}");
        assertThat(entry.actor()).hasToString("store:acme-widgets");
        assertThat(entry.occurredAt()).isEqualTo(NOON);
        assertThat(entry.receivedAt()).isEqualTo(NOON.plusMillis(5));
        assertThat(listMessages(new Queue(ACME, Topic.PICKUP))).containsExactly("m1");
    }

    @Test
    default void aDuplicateMessageIsStoredOnce() {
        var first = orderFixture().place(ACME, "m1").join();
        var second = orderFixture().place(ACME, "m1").join();
        assertThat(first).isInstanceOf(OrderResult.Committed.class);
        assertThat(second).isInstanceOf(OrderResult.Duplicate.class);
        assertThat(eventLog().lastSequence()).isEqualTo(1);
        assertThat(listMessages(new Queue(ACME, Topic.PICKUP))).containsExactly("m1");
    }

    @Test
    default void twoStoresMayUseTheSameNames() {
        orderFixture().place(ACME, "m1").join();
        assertThat(orderFixture().place(FLOWERS, "m1").join()).isInstanceOf(OrderResult.Committed.class);
        assertThat(reason(orderFixture().deliverByCode("m1", KARI).join())).isEqualTo(Reason.AMBIGUOUS);
    }

    @Test
    default void oneForeignIdIsOneOrderOfItsStore() {
        orderFixture().place(ACME, "m1", "o1").join();
        assertThat(reason(orderFixture().place(ACME, "m2", "o1").join())).isEqualTo(Reason.CONFLICT);
        assertThat(orderFixture().place(FLOWERS, "m2", "o1").join()).isInstanceOf(OrderResult.Committed.class);
    }

    @Test
    default void anOrderIsFoundByEitherOfItsNames() {
        orderFixture().place(ACME, "m1", "o1").join();
        assertThat(orderFixture().collect(ACME, "o1", KARI).join()).isInstanceOf(OrderResult.Committed.class);
        assertThat(orderFixture().deliver(ACME, "m1", KARI).join()).isInstanceOf(OrderResult.Committed.class);
    }

    @Test
    default void aScannedCodeDeliversWithTheSendersDocument() {
        orderFixture().place(ACME, "m1", "code-1").join();
        orderFixture().collect(ACME, "m1", KARI).join();
        orderFixture().deliverByCode("code-1", KARI).join();
        assertThat(messageQueues().listMessages(new Queue(ACME, Topic.DELIVERED), NO_READER, 0, Long.MAX_VALUE, 10))
                .extracting(QueuedMessage::document)
                .containsExactly("{\"placed\":\"m1\"}");
    }

    @Test
    default void theDocumentOfAnOrderIsReadWithEachOfItsEvents() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().collect(ACME, "m1", KARI).join();
        assertThat(eventLog().listAfter(0, 10))
                .allSatisfy(entry -> assertThat(
                                entry.order().orElseThrow().details().document())
                        .isEqualTo("{\"placed\":\"m1\"}"));
        assertThat(orderQueries()
                        .findOrder(OrderFixture.id(ACME, "m1"))
                        .orElseThrow()
                        .details()
                        .document())
                .isEmpty();
    }

    @Test
    default void anOrderWithALargeDocumentIsHandledLikeAnyOther() {
        var document = "{\"notes\":\"" + "x".repeat(10_000) + "\"}";
        var details = OrderDetails.ofParcel("Nils", "Storgata 1").withDocument(document);
        var placed = orderFixture().place(ACME, "m1", details, NOON);
        var again = orderFixture().place(ACME, "m1", details, NOON);
        var ready = Stream.of(new OrderCommand.Accept(), new OrderCommand.MarkReady())
                .map(command -> orderFixture().handle(ACME, "m1", command, OrderFixture.storeActor(ACME)))
                .toList();
        var delivered = orderFixture().deliver(ACME, "m1", KARI);
        assertThat(placed.join()).isInstanceOf(OrderResult.Committed.class);
        assertThat(again.join()).isInstanceOf(OrderResult.Duplicate.class);
        assertThat(ready).allSatisfy(one -> assertThat(one.join()).isInstanceOf(OrderResult.Committed.class));
        assertThat(delivered.join()).isInstanceOf(OrderResult.Committed.class);
        assertThat(eventLog().listAfter(0, 10))
                .allSatisfy(entry -> assertThat(
                                entry.order().orElseThrow().details().document())
                        .isEqualTo(document));
    }

    @Test
    default void anUnknownOrderIsNotFound() {
        assertThat(reason(orderFixture().collect(ACME, "m1", KARI).join())).isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(orderFixture().deliverByCode("m1", KARI).join())).isEqualTo(Reason.NOT_FOUND);
        assertThat(eventLog().lastSequence()).isZero();
    }

    @Test
    default void aRejectedCommandLeavesNoData() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().collect(ACME, "m1", KARI).join();
        assertThat(reason(orderFixture().collect(ACME, "m1", OLA).join())).isEqualTo(Reason.CONFLICT);
        assertThat(eventLog().lastSequence()).isEqualTo(1 + EVENTS_OF_COLLECTED);
        assertThat(listMessages(new Queue(ACME, Topic.IN_TRANSIT))).containsExactly("m1");
    }

    @Test
    default void theLogIsSearchedByStoreTopicTimeAndSequence() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().place(FLOWERS, "m2").join();
        orderFixture().collect(ACME, "m1", KARI).join();
        orderFixture().deliver(ACME, "m1", KARI).join();
        assertThat(listSequences(ACME, null, 0, Instant.EPOCH, 10)).containsExactly(1L, 3L, 4L, 5L, 6L, 7L);
        assertThat(listSequences(ACME, Topic.IN_TRANSIT, 0, Instant.EPOCH, 10)).containsExactly(6L);
        assertThat(listSequences(ACME, Topic.DELIVERED, 0, Instant.EPOCH, 10)).containsExactly(7L);
        assertThat(listSequences(null, Topic.PICKUP, 0, Instant.EPOCH, 10)).containsExactly(1L, 2L);
        assertThat(listSequences(null, null, 1, Instant.EPOCH, 2)).containsExactly(2L, 3L);
        assertThat(listSequences(null, null, 0, NOON.plusMillis(1), 10)).containsExactly(1L, 2L);
        assertThat(listSequences("unknown", null, 0, Instant.EPOCH, 10)).isEmpty();
    }

    @Test
    default void theNewestEventOfEachActiveOrderIsFound() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().place(FLOWERS, "m2").join();
        orderFixture().collect(ACME, "m1", KARI).join();
        orderFixture().deliver(ACME, "m1", KARI).join();
        assertThat(listActive(0, 2, 10)).containsExactly(1L, 2L);
        assertThat(listActive(0, 5, 10)).containsExactly(2L, 5L);
        assertThat(listActive(0, 5, 1)).containsExactly(2L);
        assertThat(listActive(0, 7, 10)).containsExactly(2L);
        assertThat(listActive(2, 5, 10)).containsExactly(5L);
        assertThat(eventLog().deletedUpTo()).isZero();
    }

    private List<Long> listActive(long after, long upTo, int max) {
        return eventLog().listActive(after, upTo, max).stream()
                .map(LogEntry::sequence)
                .toList();
    }

    @Test
    default void aRelayCheckpointIsStored() {
        assertThat(eventLog().findRelayCheckpoint("caps")).isEmpty();
        journal().submit(ledger -> saveRelayCheckpoint(ledger, 7)).join();
        journal().submit(ledger -> saveRelayCheckpoint(ledger, 9)).join();
        assertThat(eventLog().findRelayCheckpoint("caps")).hasValue(9);
    }

    @Test
    default void aFailedTaskIsLeftOutAndTheRestCommits() {
        var before = orderFixture().place(ACME, "m1");
        var bad = journal().<String>submit(ledger -> {
            var order = ledger.findByStoreReference(ACME, "m1").orElseThrow();
            var delivered = new OrderEvent.StateChanged(OrderState.DELIVERED, "", "{}");
            ledger.enqueue(
                    new Queue(ACME, Topic.DELIVERED), ledger.append(order.state(), order, delivered, KARI, NOON, NOON));
            throw new IllegalArgumentException("a bug");
        });
        var after = orderFixture().place(ACME, "m2");
        assertThat(bad).failsWithin(Duration.ofSeconds(10)).withThrowableThat().withMessageContaining("a bug");
        assertThat(before.join()).isInstanceOf(OrderResult.Committed.class);
        assertThat(eventId(after.join())).isEqualTo(2);
        assertThat(listMessages(new Queue(ACME, Topic.DELIVERED))).isEmpty();
    }

    /// 64 rivals want the same hundred parcels: each parcel has one winner, and everybody else is told so.
    @Test
    default void oneOfManyDriversClaimsEachParcel() throws InterruptedException {
        var parcels = orderFixture();
        IntStream.range(0, 100).forEach(i -> parcels.place(ACME, "m" + i).join());
        Map<String, Integer> winners = new ConcurrentSkipListMap<>();
        var rivals = IntStream.range(0, 64)
                .mapToObj(rival -> Thread.ofVirtual().start(() -> {
                    var driver = Actor.driver("driver-" + rival);
                    for (var i = 0; i < 100; i++) {
                        if (parcels.collect(ACME, "m" + i, driver).join() instanceof OrderResult.Committed) {
                            winners.merge("m" + i, 1, Integer::sum);
                        }
                    }
                }))
                .toList();
        for (var rival : rivals) {
            rival.join();
        }
        assertThat(winners).hasSize(100).allSatisfy((_, won) -> assertThat(won).isEqualTo(1));
        assertThat(eventLog().lastSequence()).isEqualTo(100 + 100 * EVENTS_OF_COLLECTED);
    }

    /// A reader that goes on from what it has seen misses nothing, however busy the writers are.
    @Test
    default void nothingAppearsBehindAReader() {
        var placed = IntStream.range(0, 2_000)
                .mapToObj(i -> orderFixture().place(ACME, "m" + i))
                .toList();
        var seen = new ArrayList<Long>();
        while (seen.size() < placed.size()) {
            var last = seen.isEmpty() ? 0 : seen.getLast();
            eventLog().listAfter(last, 100).forEach(entry -> seen.add(entry.sequence()));
        }
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2_000).boxed().toList());
        assertThat(placed).allSatisfy(future -> assertThat(future).isCompleted());
    }

    private static boolean saveRelayCheckpoint(UnitOfWork ledger, long position) {
        ledger.saveRelayCheckpoint("caps", position);
        return true;
    }

    private List<Long> listSequences(
            @Nullable String store, @Nullable Topic topic, long after, Instant since, int max) {
        return eventLog().search(new LogFilter(store, topic == null ? null : topic.state(), after, since, max)).stream()
                .map(LogEntry::sequence)
                .toList();
    }
}
