package waybill.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import waybill.messaging.Queue;
import waybill.messaging.QueueDepth;
import waybill.messaging.Topic;
import waybill.outbound.Channel;

/// When an amount opens an alert, and when it clears one.
class AlertSourcesTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final AtomicLong amount = new AtomicLong();

    @Test
    void alertsOfTooManyAreOpenedAtTheLimitAndClearedAFifthBelow() {
        var source = AlertSources.tooMany("one", "transactions wait", amount::get, 100);
        assertThat(List.of(state(source, 0), state(source, 79))).containsOnly("clear");
        assertThat(List.of(state(source, 80), state(source, 99))).containsOnly("stays");
        assertThat(List.of(state(source, 100), state(source, 5_000))).containsOnly("open");
    }

    @Test
    void alertsOfTooFewAreOpenedAtTheLimitAndClearedAFifthAbove() {
        var source = AlertSources.tooFew("one", "bytes are free", amount::get, 100);
        assertThat(List.of(state(source, 121), state(source, 5_000))).containsOnly("clear");
        assertThat(List.of(state(source, 101), state(source, 120))).containsOnly("stays");
        assertThat(List.of(state(source, 0), state(source, 100))).containsOnly("open");
    }

    @Test
    void aLongQueueIsAlertedByItsStoreAndTopic() {
        var source = AlertSources.queues(
                () -> List.of(
                        new QueueDepth(new Queue("acme", Topic.PICKUP), 10, NOON),
                        new QueueDepth(new Queue("flowers", Topic.PICKUP), 3, NOON)),
                10);
        assertThat(source.conditions(NOON))
                .containsExactly(new AlertSource.Condition(
                        "acme ready_for_pickup",
                        "10 messages wait in a queue of store acme (expected: fewer than 10)",
                        null,
                        null,
                        true));
    }

    @Test
    void aProblemIsAlertedWhileItLasts() {
        var problem = new AtomicReference<>(Optional.<String>empty());
        var source = AlertSources.problem("one", problem::get);
        assertThat(source.conditions(NOON)).isEmpty();
        problem.set(Optional.of("files cannot be stored"));
        assertThat(source.conditions(NOON))
                .containsExactly(new AlertSource.Condition("one", "files cannot be stored", null, null, true));
    }

    @Test
    void aBacklogOfJobsIsAlertedByItsChannel() {
        var source =
                AlertSources.backlogs(() -> Map.of(Channel.WEBHOOK, 100L, Channel.MAIL, 79L, Channel.PUSH, 80L), 100);
        assertThat(source.conditions(NOON))
                .containsExactlyInAnyOrder(
                        new AlertSource.Condition(
                                "webhook",
                                "100 jobs of the channel webhook wait to be sent (expected: fewer than 100)",
                                null,
                                null,
                                true),
                        new AlertSource.Condition(
                                "push",
                                "80 jobs of the channel push wait to be sent (expected: fewer than 100)",
                                null,
                                null,
                                false));
    }

    private String state(AlertSource source, long value) {
        amount.set(value);
        return source.conditions(NOON).stream()
                .findFirst()
                .map(condition -> condition.isRaised() ? "open" : "stays")
                .orElse("clear");
    }
}
