package waybill.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.directory.Vehicle;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.StoredDecision;
import waybill.dispatch.TripCost;
import waybill.dispatch.WaitingOrder;
import waybill.geo.Area;
import waybill.geo.Position;
import waybill.journal.Journal;
import waybill.journal.Transaction;
import waybill.journal.UnavailableException;
import waybill.order.OrderId;

class JournalDecisionLogTest {

    private static final Position PLACE = new Position(59.9, 10.7);
    private static final OrderId ORDER = new OrderId(new UUID(1, 1));

    /// Transactions that wait.
    private static final class SlowJournal implements Journal {

        private final List<CompletableFuture<?>> waiting = new ArrayList<>();
        private long bytes;

        @Override
        public <T> CompletableFuture<T> submit(Transaction<T> transaction) {
            assertThat(transaction.isDeferrable()).isTrue();
            var result = new CompletableFuture<T>();
            waiting.add(result);
            bytes = transaction.bytes();
            return result;
        }
    }

    private final SlowJournal journal = new SlowJournal();
    private final JournalDecisionLog log = new JournalDecisionLog(journal);

    @Test
    void whenTooManyWaitADecisionIsDroppedAndCounted() {
        for (var i = 0; i < JournalDecisionLog.PENDING_MAX + 3; i++) {
            log.append(decision(1, null));
        }
        assertThat(journal.waiting).hasSize(JournalDecisionLog.PENDING_MAX);
        assertThat(log.dropped()).isEqualTo(3);

        journal.waiting.getFirst().complete(null);
        log.append(decision(1, null));
        assertThat(journal.waiting).hasSize(JournalDecisionLog.PENDING_MAX + 1);
        assertThat(log.dropped()).isEqualTo(3);
    }

    @Test
    void aDecisionThatIsNotWrittenIsCounted() {
        log.append(decision(1, null));
        journal.waiting.getFirst().completeExceptionally(new UnavailableException("full", Duration.ZERO));
        assertThat(log.dropped()).isEqualTo(1);
    }

    @Test
    void aLargeDecisionIsStoredWithoutItsRivalsOrDropped() {
        var ring = new Area.Polygon(Collections.nCopies(Area.Polygon.CORNERS_MAX, PLACE));
        log.append(decision(StoredDecision.DRIVERS_MAX, ring));
        assertThat(journal.bytes).isPositive().isLessThan(JournalDecisionLog.BYTES_MAX);

        log.append(decision("x".repeat(60_000), 2, null));
        assertThat(journal.waiting).hasSize(1);
        assertThat(log.dropped()).isEqualTo(1);
    }

    private static StoredDecision decision(int drivers, @Nullable Area area) {
        return decision("d", drivers, area);
    }

    private static StoredDecision decision(String name, int drivers, @Nullable Area area) {
        var all = new ArrayList<AvailableDriver>();
        for (var i = 0; i < drivers; i++) {
            all.add(new AvailableDriver(name + i, PLACE, 0, AvailableDriver.NO_END, 3, Vehicle.CAR, area));
        }
        return new StoredDecision(
                ORDER,
                0,
                DispatchWeights.defaults(),
                Reason.NO_CANDIDATE,
                null,
                List.of(),
                candidates(name),
                List.of(new WaitingOrder(ORDER, name, PLACE, PLACE, 0, 0)),
                all,
                Map.of(),
                Map.of());
    }

    private static List<StoredDecision.Candidate> candidates(String name) {
        return List.of(new StoredDecision.Candidate(name + 0, 0, 0, 0, new TripCost(0, 0, 0)));
    }
}
