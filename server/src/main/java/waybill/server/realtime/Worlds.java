package waybill.server.realtime;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.LogEntry;
import waybill.order.Relay;

/// Everybody who is told of what happens. Telling is done in memory, so where it fails there is a mistake in the hub,
/// and telling again would fail again: one that cannot be told is passed over, and does not keep the others waiting.
/// It is still told to whoever asks for what they have missed.
public record Worlds(List<Relay.World> worlds, ThreadHealth health) implements Relay.World {

    private static final Logger LOG = LoggerFactory.getLogger(Worlds.class);

    public Worlds {
        worlds = List.copyOf(worlds);
    }

    public Worlds(List<Relay.World> worlds) {
        this(worlds, new ThreadHealth());
    }

    @Override
    public void tell(LogEntry entry) {
        for (var world : worlds) {
            guarded(entry, health, () -> world.tell(entry));
        }
    }

    @Override
    public void idle() {
        worlds.forEach(Relay.World::idle);
    }

    static void guarded(LogEntry entry, ThreadHealth health, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("event {} could not be told to some", entry.position(), e);
        } catch (Error e) {
            health.failed("telling of event " + entry.position(), e);
        }
    }
}
