package waybill.server.live;

import java.util.Comparator;
import java.util.List;
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

/// The authenticated sockets of all namespaces. Thread-safe.
public final class ClientRegistry {

    private final Map<UserId, Set<ClientSession>> byUser = new ConcurrentHashMap<>();
    private final Map<String, Set<ClientSession>> byStore = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Set<ClientSession> drivers = ConcurrentHashMap.newKeySet();

    /// False when the user is at its limit of sockets; 0 is no limit.
    boolean add(Principal principal, ClientSession client, int perUserMax) {
        var isIn = new boolean[1];
        client.ordinal = numbers.incrementAndGet();
        byUser.compute(principal.user(), (_, known) -> {
            isIn[0] = known == null || perUserMax == 0 || known.size() < perUserMax;
            return isIn[0] ? with(known, client) : known;
        });
        if (isIn[0] && principal.role() == Role.DRIVER) {
            drivers.add(client);
        }
        if (isIn[0]) {
            principal.store().ifPresent(store -> byStore.compute(store, (_, known) -> with(known, client)));
        }
        return isIn[0];
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
        remove(byUser, principal.user(), client);
        drivers.remove(client);
        principal.store().ifPresent(store -> remove(byStore, store, client));
    }

    private static <K> void remove(Map<K, Set<ClientSession>> clients, K whose, ClientSession client) {
        clients.computeIfPresent(whose, (_, all) -> without(all, client));
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

    /// Whether a user has a socket.
    public boolean isOnline(UserId user) {
        return byUser.containsKey(user);
    }

    /// How many users have one.
    public int users() {
        return byUser.size();
    }

    /// The ids of at most `max` of them. Two users of different roles may have the same.
    public List<String> userIds(int max) {
        return byUser.keySet().stream().map(UserId::id).limit(max).toList();
    }
}
