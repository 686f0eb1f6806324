package waybill.hub.presence;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import waybill.access.Role;
import waybill.access.UserId;

/// The sockets of the nodes in this process, which stay where the nodes have them. Durations are counted since the
/// start. Thread-safe.
public final class InMemoryUserConnections implements UserConnections {

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final ConnectionDurations durations = new ConnectionDurations();

    @Override
    public void add(Source source) {
        sources.add(source);
    }

    @Override
    public List<UserConnection> of(UserId user) {
        return sources.stream()
                .flatMap(source -> source.connectionsOf(user))
                .sorted(Comparator.comparing(UserConnection::connectedAt))
                .toList();
    }

    @Override
    public void ended(String namespace, Role role, Duration lasted) {
        durations.record(namespace, role, lasted);
    }

    @Override
    public List<ConnectionDurations.Summary> durations() {
        return durations.summaries();
    }
}
