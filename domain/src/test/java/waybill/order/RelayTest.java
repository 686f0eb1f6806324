package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import waybill.mailbox.Reader;

class RelayTest {

    private static final int ENTRIES = 5_000;

    private final EventLog log = new LogOf(
            LongStream.rangeClosed(1, ENTRIES).mapToObj(RelayTest::entry).toList());

    @Test
    void aWorldThatFailsOneTimeInFourIsToldEverythingInOrder() {
        var random = new Random(1);
        var told = new ArrayList<Long>();
        var relay = new Relay(log, entry -> failOneTimeInFour(random, told, entry), 0);
        while (relay.position() < ENTRIES) {
            pumpOrFail(relay);
        }
        assertThat(told)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, ENTRIES).boxed().toList());
    }

    @Test
    void aRelayThatDiedBeforeItRememberedRepeatsAndLosesNothing() {
        var told = new ArrayList<Long>();
        new Relay(log, entry -> told.add(entry.position()), 0).pump();
        var afterTheCrash = new Relay(log, entry -> told.add(entry.position()), 990);
        while (afterTheCrash.pump() > 0) {
            assertThat(afterTheCrash.position()).isLessThanOrEqualTo(ENTRIES);
        }
        assertThat(told).containsAll(LongStream.rangeClosed(1, ENTRIES).boxed().toList());
        assertThat(told).hasSize(ENTRIES + 10);
    }

    @Test
    void aPumpTellsNoMoreThanABatch() {
        assertThat(new Relay(log, _ -> {}, 0).pump()).isEqualTo(Relay.BATCH_MAX);
        assertThat(new Relay(log, _ -> {}, ENTRIES).pump()).isZero();
    }

    private static void failOneTimeInFour(Random random, List<Long> told, LogEntry entry) {
        if (random.nextInt(4) == 0) {
            throw new IllegalStateException("the world was busy");
        }
        told.add(entry.position());
    }

    private static void pumpOrFail(Relay relay) {
        try {
            relay.pump();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the world was busy");
        }
    }

    private static LogEntry entry(long position) {
        return new LogEntry(
                position,
                Samples.order(new OrderId(new UUID(0, position)), Instant.EPOCH).at(position),
                OrderState.NEW,
                new OrderEvent.Placed(OrderState.READY_FOR_PICKUP, "{}"),
                new Actor(Actor.Kind.STORE, "acme-widgets"),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private record LogOf(List<LogEntry> entries) implements EventLog {

        @Override
        public List<LogEntry> after(long after, int max) {
            return entries.stream().skip(after).limit(max).toList();
        }

        @Override
        public List<LogEntry> search(LogFilter filter) {
            return after(filter.after(), filter.max());
        }

        @Override
        public List<LogEntry> news(Reader reader, long after, long upTo, int max) {
            return after(after, max);
        }

        @Override
        public List<LogEntry> history(OrderId order) {
            return List.of();
        }

        @Override
        public long head() {
            return entries.size();
        }

        @Override
        public long horizon() {
            return 0;
        }

        @Override
        public long mark(String relay) {
            return 0;
        }
    }
}
