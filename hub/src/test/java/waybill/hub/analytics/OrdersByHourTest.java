package waybill.hub.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.hub.analytics.OrdersByHour.Hour;
import waybill.hub.relay.ListEventLog;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.NodeEvent;
import waybill.order.OrderState;

/// What is counted, and from when on. With orders it is tested over HTTP.
class OrdersByHourTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final List<LogEntry> log = new ArrayList<>();
    private final OrdersByHour orders = new OrdersByHour(new ListEventLog(log));

    @Test
    void anEmptyLogHasADayOfEmptyHours() {
        var day = orders.read(NOON.plusSeconds(1_800));
        assertThat(day.hours()).hasSize(OrdersByHour.HOURS);
        assertThat(day.hours().getFirst()).isEqualTo(new Hour(NOON.minus(Duration.ofHours(23)), 0, 0, 0));
        assertThat(day.hours().getLast().from()).isEqualTo(NOON);
        assertThat(day.countedFrom()).isEqualTo(NOON.minus(Duration.ofHours(23)));
    }

    @Test
    void whatIsTooMuchToReadIsNotCounted() {
        for (var i = 0; i < OrdersByHour.EVENTS_MAX; i++) {
            add(NOON.minusSeconds(600));
        }
        assertThat(orders.read(NOON).countedFrom()).isEqualTo(NOON.minus(Duration.ofHours(23)));
        for (var i = 0; i <= OrdersByHour.EVENTS_MAX; i++) {
            add(NOON.plusSeconds(60));
        }
        assertThat(orders.read(NOON.plusSeconds(120)).countedFrom()).isEqualTo(NOON.plusSeconds(60));
    }

    private void add(Instant at) {
        var event = new NodeEvent.EventConfirmed("acme", 1);
        log.add(new LogEntry(log.size() + 1L, null, OrderState.NEW, event, Actor.HUB, at, at));
    }
}
