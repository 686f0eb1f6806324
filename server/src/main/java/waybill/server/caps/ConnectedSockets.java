package waybill.server.caps;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import waybill.order.Actor;
import waybill.server.dialect.caps.Profile;

/// The connected sockets. Thread-safe: event loops change it, and the journal's thread reads it.
public final class ConnectedSockets {

    private final Set<String> sockets = ConcurrentHashMap.newKeySet();
    private final Map<Profile, LongAdder> byProfile = new EnumMap<>(Profile.class);

    public ConnectedSockets() {
        for (var profile : Profile.values()) {
            byProfile.put(profile, new LongAdder());
        }
    }

    /// Whether an actor that is identified by its connection is still connected.
    public boolean isPresent(Actor actor) {
        return sockets.contains(actor.id());
    }

    void add(String socketId, Profile profile) {
        if (sockets.add(socketId)) {
            counter(profile).increment();
        }
    }

    void remove(String socketId, Profile profile) {
        if (sockets.remove(socketId)) {
            counter(profile).decrement();
        }
    }

    /// False when no socket has that profile.
    boolean hasAny(Profile profile) {
        return counter(profile).sum() > 0;
    }

    private LongAdder counter(Profile profile) {
        return byProfile.getOrDefault(profile, new LongAdder());
    }
}
