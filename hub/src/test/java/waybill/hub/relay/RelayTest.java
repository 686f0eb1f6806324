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
import waybill.journal.LogFilter;
import waybill.messaging.EventScope;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

class RelayTest {

    private static final int ENTRIES = 5_000;

    private final EventLog log = new ListEventLog(
            LongStream.rangeClosed(1, ENTRIES).mapToObj(RelayTest::entry).toList());

    @Test
    void aFailingListenerReceivesAllEventsInOrder() {
        var random = new Random(1);
        var told = new ArrayList<Long>();
        var relay = new Relay(log, entry -> failOneTimeInFour(random, told, entry), 0);
        while (relay.lastSequence() < ENTRIES) {
            pollOrFail(relay);
        }
        assertThat(told)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, ENTRIES).boxed().toList());
    }

    @Test
    void aRestartedRelayRepeatsEventsAndLosesNone() {
        var told = new ArrayList<Long>();
        new Relay(log, entry -> told.add(entry.sequence()), 0).poll();
        var afterTheCrash = new Relay(log, entry -> told.add(entry.sequence()), 990);
        while (afterTheCrash.poll() > 0) {
            assertThat(afterTheCrash.lastSequence()).isLessThanOrEqualTo(ENTRIES);
        }
        assertThat(told).containsAll(LongStream.rangeClosed(1, ENTRIES).boxed().toList());
        assertThat(told).hasSize(ENTRIES + 10);
    }

    @Test
    void aPollDeliversAtMostOneBatch() {
        assertThat(new Relay(log, _ -> {}, 0).poll()).isEqualTo(Relay.BATCH_MAX);
        assertThat(new Relay(log, _ -> {}, ENTRIES).poll()).isZero();
    }

    private static void failOneTimeInFour(Random random, List<Long> told, LogEntry entry) {
        if (random.nextInt(4) == 0) {
            throw new IllegalStateException("the world was busy");
        }
        told.add(entry.sequence());
    }

    private static void pollOrFail(Relay relay) {
        try {
            relay.poll();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the world was busy");
        }
    }

    private static Order order(OrderId id) {
        return new Order(
                id,
                0,
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
                0);
    }

    private static LogEntry entry(long position) {
        return new LogEntry(
                position,
                order(new OrderId(new UUID(0, position))).withSequence(position),
                OrderState.NEW,
                new OrderEvent.Placed(OrderState.READY_FOR_PICKUP, "{}"),
                new Actor(Actor.Kind.STORE, "acme-widgets"),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private record ListEventLog(List<LogEntry> entries) implements EventLog {

        @Override
        public List<LogEntry> listAfter(long after, int max) {
            return entries.stream().skip(after).limit(max).toList();
        }

        @Override
        public List<LogEntry> search(LogFilter filter) {
            return listAfter(filter.after(), filter.max());
        }

        @Override
        public List<LogEntry> eventsFor(EventScope reader, long after, long upTo, int max) {
            return listAfter(after, max);
        }

        @Override
        public List<LogEntry> listHistory(OrderId order) {
            return List.of();
        }

        @Override
        public long lastSequence() {
            return entries.size();
        }

        @Override
        public long retainedAfter() {
            return 0;
        }

        @Override
        public long findRelayCheckpoint(String relay) {
            return 0;
        }
    }
}
