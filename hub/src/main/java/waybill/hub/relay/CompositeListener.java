package waybill.hub.relay;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.schedule.ThreadHealth;
import waybill.journal.LogEntry;

/// Everybody who is told of what happens. Telling is done in memory, so where it fails there is a mistake in the hub,
/// and telling again would fail again: one that cannot be told is passed over, and does not keep the others waiting.
/// It is still told to whoever asks for what they have missed.
public record CompositeListener(List<Relay.EventListener> listeners, ThreadHealth health)
        implements Relay.EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(CompositeListener.class);

    public CompositeListener {
        listeners = List.copyOf(listeners);
    }

    public CompositeListener(List<Relay.EventListener> worlds) {
        this(worlds, new ThreadHealth());
    }

    @Override
    public void onEvent(LogEntry entry) {
        for (var world : listeners) {
            runGuarded(entry, health, () -> world.onEvent(entry));
        }
    }

    @Override
    public void onIdle() {
        listeners.forEach(Relay.EventListener::onIdle);
    }

    public static void runGuarded(LogEntry entry, ThreadHealth health, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("event {} could not be told to some", entry.sequence(), e);
        } catch (Error e) {
            health.failed("telling of event " + entry.sequence(), e);
        }
    }
}
