package waybill.server.realtime;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.LogEntry;
import waybill.order.Relay;

/// Everybody who is told of what happens. Telling is done in memory, so where it fails there is a mistake in the hub,
/// and telling again would fail again: one that cannot be told is passed over, and does not keep the others waiting.
/// It is still told to whoever asks for what they have missed.
public record Worlds(List<Relay.World> worlds) implements Relay.World {

    private static final Logger LOG = LoggerFactory.getLogger(Worlds.class);

    public Worlds {
        worlds = List.copyOf(worlds);
    }

    @Override
    public void tell(LogEntry entry) {
        for (var world : worlds) {
            guarded(entry, () -> world.tell(entry));
        }
    }

    static void guarded(LogEntry entry, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("event {} could not be told to some", entry.position(), e);
        }
    }
}
