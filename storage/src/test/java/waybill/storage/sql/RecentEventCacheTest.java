package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.OrderState;

class RecentEventCacheTest {

    private final RecentEventCache cache = new RecentEventCache(3);

    @Test
    void theEndOfTheLogIsReadFromMemory() {
        cache.add(List.of(entry(4), entry(5)));
        assertThat(cache.listAfter(3, 10)).hasValue(List.of(entry(4), entry(5)));
        assertThat(cache.listAfter(2, 10)).as("some are on disk only").isEmpty();
    }

    @Test
    void eventsThatAnotherWriterCommittedInBetweenAreReadFromTheDisk() {
        cache.add(List.of(entry(4)));
        cache.add(List.of(entry(7)));
        assertThat(cache.lastSequence()).isEqualTo(7);
        assertThat(cache.listAfter(4, 10)).isEmpty();
        assertThat(cache.listAfter(6, 10)).hasValue(List.of(entry(7)));
    }

    private static LogEntry entry(long sequence) {
        var event = new HubEvent.CouponCreated("C" + sequence, "", BigDecimal.ONE);
        return new LogEntry(sequence, null, OrderState.NEW, event, Actor.HUB, Instant.EPOCH, Instant.EPOCH);
    }
}
