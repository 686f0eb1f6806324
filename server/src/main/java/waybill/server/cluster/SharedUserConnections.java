package waybill.server.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.ObjLongConsumer;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.presence.ConnectionDurations;
import waybill.hub.presence.InMemoryUserConnections;
import waybill.hub.presence.UserConnection;
import waybill.hub.presence.UserConnections;

/// The sockets of a user on all nodes: each node is asked for its own when they are read, if it may have any. How long
/// sockets lasted is known of this node alone. Thread-safe.
final class SharedUserConnections implements UserConnections {

    /// How long the answers of other nodes are waited for; after that, those of the nodes that answered are all.
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

    /// Reads that wait for other nodes; a further one has the sockets of this node alone.
    private static final int PENDING_MAX = 64;

    private final InMemoryUserConnections own = new InMemoryUserConnections();
    private final List<SharedUserSockets> counts;
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    /// Asks all other nodes for a user's sockets, with the number of the request.
    private volatile ObjLongConsumer<UserId> asker = (_, _) -> {};
    private volatile IntSupplier peers = () -> 0;

    /// An answer that is awaited. Its list is guarded by its monitor.
    private record Pending(CountDownLatch answers, List<UserConnection> found) {

        synchronized void add(List<UserConnection> connections) {
            found.addAll(connections);
        }

        synchronized List<UserConnection> all() {
            return List.copyOf(found);
        }
    }

    SharedUserConnections(List<SharedUserSockets> counts) {
        this.counts = counts;
    }

    void start(ObjLongConsumer<UserId> ask, IntSupplier peerCount) {
        asker = ask;
        peers = peerCount;
    }

    @Override
    public void add(Source source) {
        own.add(source);
    }

    @Override
    public List<UserConnection> of(UserId user) {
        var isElsewhere = counts.stream().anyMatch(of -> of.table().ofOthers(user.toString()) > 0);
        if (!isElsewhere || pending.size() >= PENDING_MAX) {
            return own.of(user);
        }
        var all = new ArrayList<>(own.of(user));
        all.addAll(ofOthers(user));
        all.sort(Comparator.comparing(UserConnection::connectedAt));
        return all;
    }

    private List<UserConnection> ofOthers(UserId user) {
        var id = requests.incrementAndGet();
        var awaited = new Pending(new CountDownLatch(peers.getAsInt()), new ArrayList<>());
        pending.put(id, awaited);
        try {
            asker.accept(user, id);
            boolean _ = awaited.answers.await(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            pending.remove(id);
        }
        return awaited.all();
    }

    @Override
    public void ended(String namespace, Role role, Duration lasted) {
        own.ended(namespace, role, lasted);
    }

    @Override
    public List<ConnectionDurations.Summary> durations() {
        return own.durations();
    }

    // ---- for the node

    List<UserConnection> ofThisNode(UserId user) {
        return own.of(user);
    }

    void onConnections(NodeMessage.Connections answer) {
        var awaited = pending.get(answer.id());
        if (awaited != null) {
            awaited.add(answer.connections());
            awaited.answers.countDown();
        }
    }
}
