package waybill.server.live;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.presence.UserConnection;
import waybill.hub.presence.UserConnections;
import waybill.hub.presence.UserSockets;
import waybill.server.socket.SocketUser;

/// The authenticated sockets of all namespaces on this node. How many a user has on all nodes is in [UserSockets].
/// Thread-safe.
public final class ClientRegistry implements UserConnections.Source {

    private final UserSockets userSockets;
    private final InstantSource clock;
    private final UserConnections connections;
    private final Map<UserId, Set<ClientSession>> byUser = new ConcurrentHashMap<>();
    private final Map<String, Set<ClientSession>> byStore = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Set<ClientSession> drivers = ConcurrentHashMap.newKeySet();

    public ClientRegistry(UserSockets userSockets, UserConnections connections, InstantSource clock) {
        this.userSockets = userSockets;
        this.connections = connections;
        this.clock = clock;
    }

    /// False when the user is at its limit of sockets; 0 is no limit.
    boolean add(Principal principal, ClientSession client, int perUserMax) {
        if (!userSockets.add(principal.user(), perUserMax)) {
            return false;
        }
        client.ordinal = numbers.incrementAndGet();
        client.connectedAtMs = clock.millis();
        byUser.compute(principal.user(), (_, known) -> with(known, client));
        if (principal.role() == Role.DRIVER) {
            drivers.add(client);
        }
        principal.store().ifPresent(store -> byStore.compute(store, (_, known) -> with(known, client)));
        return true;
    }

    /// Most have one socket, and a set that can hold no other is a tenth of the size.
    private static Set<ClientSession> with(@Nullable Set<ClientSession> known, ClientSession client) {
        if (known == null) {
            return Set.of(client);
        }
        if (known.size() > 1) {
            known.add(client);
            return known;
        }
        var more = ConcurrentHashMap.<ClientSession>newKeySet();
        more.addAll(known);
        more.add(client);
        return more;
    }

    void remove(Principal principal, ClientSession client) {
        if (remove(byUser, principal.user(), client)) {
            userSockets.remove(principal.user());
            var lasted = Duration.ofMillis(Math.max(0, clock.millis() - client.connectedAtMs));
            connections.ended(client.socket.namespace().name(), principal.role(), lasted);
        }
        drivers.remove(client);
        principal.store().ifPresent(store -> remove(byStore, store, client));
    }

    /// False when it was not among them.
    private static <K> boolean remove(Map<K, Set<ClientSession>> clients, K whose, ClientSession client) {
        var isRemoved = new boolean[1];
        clients.computeIfPresent(whose, (_, all) -> {
            isRemoved[0] = all.contains(client);
            return without(all, client);
        });
        return isRemoved[0];
    }

    private static @Nullable Set<ClientSession> without(Set<ClientSession> all, ClientSession client) {
        if (all.size() == 1) {
            return all.contains(client) ? null : all;
        }
        all.remove(client);
        return all;
    }

    Stream<ClientSession> ofUser(UserId user) {
        return byUser.getOrDefault(user, Set.of()).stream();
    }

    @Override
    public Stream<UserConnection> connectionsOf(UserId user) {
        return ofUser(user)
                .sorted(Comparator.comparingLong(client -> client.ordinal))
                .map(client -> SocketUser.connection(client.socket, client.connectedAtMs));
    }

    /// The oldest socket of a user.
    Optional<ClientSession> oldestOf(UserId user) {
        return ofUser(user).min(Comparator.comparingLong(client -> client.ordinal));
    }

    /// The sockets of a store.
    Stream<ClientSession> ofStore(String store) {
        return byStore.getOrDefault(store, Set.of()).stream();
    }

    Stream<ClientSession> drivers() {
        return drivers.stream();
    }

    /// How many sockets each user has on all nodes.
    public UserSockets userSockets() {
        return userSockets;
    }
}
