package waybill.server.caps;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import waybill.access.UserId;
import waybill.hub.presence.UserConnection;
import waybill.hub.presence.UserConnections;
import waybill.server.dialect.caps.Profile;
import waybill.server.socket.SocketUser;

/// The sockets of this node by their profiles. Thread-safe.
final class ConnectedProfiles implements UserConnections.Source {

    private final Map<Profile, Set<CapsClientSession>> clients = new EnumMap<>(Profile.class);

    ConnectedProfiles() {
        for (var profile : Profile.values()) {
            clients.put(profile, ConcurrentHashMap.newKeySet());
        }
    }

    void add(CapsClientSession client) {
        of(client.profile).add(client);
    }

    void remove(CapsClientSession client) {
        of(client.profile).remove(client);
    }

    /// False when no socket has that profile.
    boolean hasAny(Profile profile) {
        return !of(profile).isEmpty();
    }

    /// Looks at each socket: it is asked for by administrators only.
    @Override
    public Stream<UserConnection> connectionsOf(UserId user) {
        return clients.values().stream()
                .flatMap(Set::stream)
                .filter(client -> client.principal
                        .filter(known -> known.user().equals(user))
                        .isPresent())
                .sorted(Comparator.comparingLong(client -> client.connectedAtMs))
                .map(client -> SocketUser.connection(client.socket, client.connectedAtMs));
    }

    private Set<CapsClientSession> of(Profile profile) {
        return clients.getOrDefault(profile, Set.of());
    }
}
