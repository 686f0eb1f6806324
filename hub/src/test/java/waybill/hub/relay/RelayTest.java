package waybill.hub.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;

class RelayTest {

    private static final int ENTRIES = 5_000;

    private final EventLog log = new ListEventLog(
            LongStream.rangeClosed(1, ENTRIES).mapToObj(RelayTest::entry).toList());

    @Test
    void aFailingListenerReceivesAllEventsInOrder() {
        var random = new Random(1);
        var received = new ArrayList<Long>();
        var relay = new Relay(log, entry -> failOneTimeInFour(random, received, entry), 0);
        while (relay.lastSequence() < ENTRIES) {
            pollOrFail(relay);
        }
        assertThat(received)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, ENTRIES).boxed().toList());
    }

    @Test
    void aRestartedRelayRepeatsEventsAndLosesNone() {
        var received = new ArrayList<Long>();
        new Relay(log, entry -> received.add(entry.sequence()), 0).poll();
        var restarted = new Relay(log, entry -> received.add(entry.sequence()), 990);
        while (restarted.poll() > 0) {
            assertThat(restarted.lastSequence()).isLessThanOrEqualTo(ENTRIES);
        }
        assertThat(received)
                .containsAll(LongStream.rangeClosed(1, ENTRIES).boxed().toList());
        assertThat(received).hasSize(ENTRIES + 10);
    }

    @Test
    void aPollDeliversAtMostOneBatch() {
        assertThat(new Relay(log, _ -> {}, 0).poll()).isEqualTo(Relay.BATCH_MAX);
        assertThat(new Relay(log, _ -> {}, ENTRIES).poll()).isZero();
    }

    private static void failOneTimeInFour(Random random, List<Long> received, LogEntry entry) {
        if (random.nextInt(4) == 0) {
            throw new IllegalStateException("listener failed");
        }
        received.add(entry.sequence());
    }

    private static void pollOrFail(Relay relay) {
        try {
            relay.poll();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("listener failed");
        }
    }

    private static Order order(OrderId id) {
        return new Order(
                id,
                "",
                "acme-widgets",
                "m1",
                "o1",
                OrderState.NEW,
                null,
                0,
                OrderDetails.ofParcel("Kari", "Storgata 1"),
                Instant.EPOCH,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                0);
    }

    private static LogEntry entry(long sequence) {
        return new LogEntry(
                sequence,
                order(new OrderId(new UUID(0, sequence))).withSequence(sequence),
                OrderState.NEW,
                new OrderEvent.Placed(OrderState.READY_FOR_PICKUP),
                new Actor(Actor.Kind.STORE, "acme-widgets"),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
