package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import waybill.journal.Transaction;

@Timeout(30)
class TaskQueueTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final TaskQueue queue = new TaskQueue(8, 1_000);

    @Test
    void aWorkThatHasTimeIsTakenWithTheNextThatHasNoneAndBeforeIt() throws InterruptedException {
        var first = entry(true);
        var second = entry(true);
        var hurried = entry(false);
        for (var entry : List.of(first, second, hurried)) {
            assertThat(queue.offer(entry)).isTrue();
        }
        assertThat(queue.poll(8, LONG)).containsExactly(first, second, hurried);
    }

    @Test
    void aWorkThatHasTimeIsTakenByItselfAfterAMoment() throws InterruptedException {
        var before = System.nanoTime();
        var alone = entry(true);
        queue.offer(alone);
        assertThat(queue.poll(8, LONG)).containsExactly(alone);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TaskQueue.MOMENT.toNanos());
    }

    @Test
    void whatABatchLeavesIsTakenAtOnce() throws InterruptedException {
        var entries = List.of(entry(false), entry(true), entry(true));
        entries.forEach(queue::offer);
        assertThat(queue.poll(2, LONG)).containsExactlyElementsOf(entries.subList(0, 2));
        assertThat(queue.poll(2, LONG)).containsExactly(entries.getLast());
        assertThat(queue.poll(2, Duration.ofNanos(1))).isEmpty();
    }

    @Test
    void aFullQueueTakesNoWorkOfEitherKind() {
        for (var i = 0; i < 8; i++) {
            assertThat(queue.offer(entry(true))).isTrue();
        }
        assertThat(queue.offer(entry(true))).isFalse();
        assertThat(queue.offer(entry(false))).isFalse();
    }

    private static TaskQueue.QueuedTask<Boolean> entry(boolean hasTime) {
        return new TaskQueue.QueuedTask<>(new Transaction<>(List.of(), _ -> _ -> true, 0, hasTime));
    }
}
