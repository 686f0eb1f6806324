package waybill.hub.relay;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Wakes every consumer of the log when events may have been committed. Each consumer has a signal of its own, so that
/// none takes another's. Thread-safe.
public final class LogSignals {

    private final List<WakeUpSignal> consumers = new CopyOnWriteArrayList<>();

    /// The signal of one more consumer.
    public WakeUpSignal add() {
        var signal = new WakeUpSignal();
        consumers.add(signal);
        return signal;
    }

    /// Never blocks.
    public void signal() {
        consumers.forEach(WakeUpSignal::signal);
    }
}
