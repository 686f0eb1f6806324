package waybill.server.caps;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import waybill.server.dialect.caps.Profile;

/// The sockets of this node by their profiles. Thread-safe.
final class ConnectedProfiles {

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

    private Set<CapsClientSession> of(Profile profile) {
        return clients.getOrDefault(profile, Set.of());
    }
}
