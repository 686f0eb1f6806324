package waybill.hub.relay;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.schedule.ThreadHealth;
import waybill.journal.LogEntry;

/// Passes an event to several listeners. Listeners work in memory, so a failure is a bug in the hub that a retry would
/// repeat: the failing listener is skipped and the others still get the event. A client receives a skipped event when
/// it syncs.
public record CompositeListener(List<Relay.EventListener> listeners, ThreadHealth health)
        implements Relay.EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(CompositeListener.class);

    public CompositeListener {
        listeners = List.copyOf(listeners);
    }

    public CompositeListener(List<Relay.EventListener> listeners) {
        this(listeners, new ThreadHealth());
    }

    @Override
    public void onEvent(LogEntry entry) {
        for (var listener : listeners) {
            runGuarded(entry, health, () -> listener.onEvent(entry));
        }
    }

    @Override
    public void onIdle() {
        listeners.forEach(Relay.EventListener::onIdle);
    }

    public static void runGuarded(LogEntry entry, ThreadHealth health, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error(
                    "event {} was not sent to all clients because a listener failed; it stays in the log and is sent on sync",
                    entry.sequence(),
                    e);
        } catch (Error e) {
            health.failed("publishing event " + entry.sequence(), e);
        }
    }
}
