package waybill.cli.caps;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Timers that a test advances.
public final class ManualExecutor implements DelayedExecutor {

    private record Task(Duration at, long number, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private Duration now = Duration.ZERO;
    private long number;

    @Override
    public void schedule(Duration delay, Runnable task) {
        tasks.add(new Task(now.plus(delay), number++, task));
    }

    public void advance(Duration time) {
        var end = now.plus(time);
        while (!tasks.isEmpty() && tasks.peek().at.compareTo(end) <= 0) {
            var task = tasks.remove();
            now = task.at;
            task.action.run();
        }
        now = end;
    }
}
