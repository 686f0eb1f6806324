package waybill.hub.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import waybill.hub.analytics.HubActivity.Counts;
import waybill.hub.analytics.HubActivity.Latency;
import waybill.hub.analytics.HubActivity.Sample;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.NodeEvent;
import waybill.order.OrderState;

class HubActivityTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private long passedMs;
    private Counts counts = new Counts(0, 0, 0, 0);
    private final HubActivity activity =
            new HubActivity(() -> counts, () -> NOON.plusMillis(passedMs), () -> 500 + passedMs);

    @Test
    void eventsAreCountedPerSecondSinceTheSampleBefore() {
        counts = new Counts(2, 1, 100, 1_000);
        activity.runDue();
        passedMs = 9_999;
        activity.runDue();
        counts = new Counts(3, 2, 150, 1_300);
        passedMs = 20_000;
        activity.runDue();
        assertThat(activity.samples())
                .containsExactly(
                        new Sample(NOON, 2, 1, 0, 0, null),
                        new Sample(NOON.plusSeconds(20), 3, 2, 2.5, 15, null),
                        new Sample(NOON.plusSeconds(20), 3, 2, 0, 0, null));
    }

    @Test
    void theLastSampleIsOfThisMoment() {
        activity.runDue();
        counts = new Counts(4, 3, 20, 10);
        passedMs = 2_000;
        assertThat(activity.samples().getLast()).isEqualTo(new Sample(NOON.plusSeconds(2), 4, 3, 10, 5, null));
    }

    @Test
    void theLastHourIsInMemory() {
        for (var i = 0; i <= HubActivity.SAMPLES_MAX; i++) {
            activity.runDue();
            passedMs += 10_000;
        }
        assertThat(activity.samples()).hasSize(HubActivity.SAMPLES_MAX + 1);
        assertThat(activity.samples().getFirst().at()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void latenciesAreThoseOfTheNewestEvents() {
        for (var i = 0; i < HubActivity.LATENCIES_MAX; i++) {
            publish(60_000);
        }
        for (var i = 1; i <= HubActivity.LATENCIES_MAX; i++) {
            publish(i);
        }
        publish(-5); // the clock was put back: it counts as 0, in the place of the oldest, which took 1 ms
        activity.runDue();
        assertThat(activity.samples().getLast().latencyOrNone()).isEqualTo(new Latency(500, 950, 990));
    }

    private void publish(long latencyMs) {
        var event = new NodeEvent.EventConfirmed("acme", 1);
        var receivedAt = NOON.plusMillis(passedMs - latencyMs);
        activity.onEvent(new LogEntry(1, null, OrderState.NEW, event, Actor.HUB, receivedAt, receivedAt));
    }
}
