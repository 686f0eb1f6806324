package waybill.hub.presence;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import waybill.order.Actor;

/// The connections of the nodes in this process. Thread-safe: event loops change it, and the journal's thread reads it.
public final class InMemoryPresence implements Presence {

    private final Set<String> connections = ConcurrentHashMap.newKeySet();

    @Override
    public void connected(String connection) {
        connections.add(connection);
    }

    @Override
    public void disconnected(String connection) {
        connections.remove(connection);
    }

    @Override
    public boolean isConnected(Actor actor) {
        return connections.contains(actor.id());
    }
}
