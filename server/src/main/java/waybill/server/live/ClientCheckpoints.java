package waybill.server.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.hub.NodeId;
import waybill.journal.Journal;
import waybill.messaging.ClientCheckpoint;

/// Saves, for each user and dialect, the last event that its clients have received, so that a client that
/// reconnects without `since` is sent what it missed. Saved with a delay and in batches: after a crash a client is
/// sent some events again. Each node saves those of the sockets that it has. Thread-safe.
public final class ClientCheckpoints {

    /// Checkpoints that are saved in one transaction. The others wait for the next.
    static final int SAVED_AT_ONCE_MAX = 1_000;

    /// Disconnected sockets in memory; for an evicted one, the saved checkpoint counts. An evicted one that was never
    /// sent anything counts as never connected.
    static final int GONE_MAX = 10_000;

    /// How long the checkpoint of a disconnected socket counts although its user has another socket.
    private static final Duration GONE_FOR = Duration.ofMinutes(10);

    private static final Duration SAVED_FOR = Duration.ofDays(30);
    private static final long SAVE_EVERY_MS = 1_000;
    private static final long SETTLE_EVERY_MS = 5_000;
    private static final long PURGE_EVERY_MS = Duration.ofDays(1).toMillis();

    private static final Logger LOG = LoggerFactory.getLogger(ClientCheckpoints.class);

    private final NodeId node;
    private final Journal journal;
    private final ClientRegistry clients;
    private final InstantSource clock;
    private final Set<Key> changed = ConcurrentHashMap.newKeySet();
    private final LinkedHashMap<Key, DisconnectedClient> disconnected = new LinkedHashMap<>(); // guarded by itself
    private final LinkedHashMap<Key, Long> unstarted = new LinkedHashMap<>(); // guarded by itself
    private final AtomicBoolean saving = new AtomicBoolean();
    private volatile long lastBroadcast;
    private volatile long settled;
    private long toSettle;
    private long settledAtMs;
    private long savedAtMs;
    private long purgedAtMs;

    /// The clients of one user in one dialect.
    private record Key(UserId user, DialectChannel channel) {}

    /// A disconnected socket, and the event after which its client must be sent what it missed.
    record DisconnectedClient(ClientSession client, long resumeFrom, long atMs) {}

    /// Of a node that has just started.
    ///
    /// @param lastBroadcast the last event that was published before the hub was started
    public ClientCheckpoints(
            NodeId node, Journal journal, ClientRegistry clients, InstantSource clock, long lastBroadcast) {
        this.node = node;
        this.journal = journal;
        this.clients = clients;
        this.clock = clock;
        this.lastBroadcast = lastBroadcast;
        this.settled = lastBroadcast;
        this.toSettle = lastBroadcast;
    }

    /// The relay publishes this event now.
    void setLastBroadcast(long sequence) {
        lastBroadcast = sequence;
    }

    /// The last event that was published, or that is being published.
    long lastBroadcast() {
        return lastBroadcast;
    }

    private static Key key(ClientSession client, Principal principal) {
        return new Key(principal.user(), client.channel);
    }

    /// The client was sent all its events up to this one. On its loop.
    void sent(ClientSession client, long sequence) {
        client.progress().sentUpTo(sequence, () -> changed(client));
    }

    /// The saved checkpoint of the client's user is outdated.
    void changed(ClientSession client) {
        client.principal().ifPresent(principal -> changed.add(key(client, principal)));
    }

    /// The client has subscribed to its first order. Saved before any further event of the order, so that the
    /// subscription is restored also after a crash. If another client of the user has subscriptions too, that is
    /// saved already.
    void saveFirstWatch(ClientSession client) {
        client.principal()
                .map(principal -> key(client, principal))
                .filter(key -> others(key, client).noneMatch(ClientSession::watchesOrders))
                .flatMap(key -> checkpoint(key, clock.instant()))
                .ifPresent(checkpoint -> journal.submitSoon(ledger -> {
                    ledger.saveClientCheckpoint(node.name(), checkpoint);
                    return true;
                }));
    }

    /// A socket has disconnected. It is not among the clients any more.
    void onDisconnect(ClientSession client, Principal principal) {
        var resumeFrom = resumeFrom(client);
        var key = key(client, principal);
        if (resumeFrom == ClientProgress.UNKNOWN) {
            rememberUnstarted(key, client.progress().connectedAfter());
            return;
        }
        if (clientsOf(key).findAny().isEmpty() || client.progress().isUnconfirmed()) {
            synchronized (disconnected) {
                disconnected.putLast(key, new DisconnectedClient(client, resumeFrom, clock.millis()));
                if (disconnected.size() > GONE_MAX) {
                    disconnected.pollFirstEntry();
                }
            }
        }
        changed.add(key);
    }

    private void rememberUnstarted(Key key, long connectedAfter) {
        synchronized (unstarted) {
            unstarted.merge(key, connectedAfter, Math::min);
            if (unstarted.size() > GONE_MAX) {
                unstarted.pollFirstEntry();
            }
        }
    }

    /// A client of the user has connected. Returns the event after which it is to receive all events: the last one that
    /// was published, or an earlier one if its former connection ended before its start was determined.
    long connect(ClientSession client, Principal principal) {
        Long before;
        synchronized (unstarted) {
            before = unstarted.remove(key(client, principal));
        }
        var after = before == null ? lastBroadcast : before;
        client.progress().connectedAfter(after);
        return after;
    }

    /// The event after which a disconnected socket must be sent its events.
    long resumeFrom(ClientSession client) {
        return client.progress().resumeFrom(client.isLive() ? settled : 0);
    }

    /// A new client takes over the checkpoint of a disconnected one, if there is one.
    Optional<DisconnectedClient> takeOver(ClientSession client, Principal principal) {
        var key = key(client, principal);
        DisconnectedClient left;
        synchronized (disconnected) {
            left = disconnected.remove(key);
        }
        return Optional.ofNullable(left)
                .filter(one -> clock.millis() - one.atMs() < GONE_FOR.toMillis()
                        || others(key, client).findAny().isEmpty());
    }

    /// Removes the entry of a client that has recovered its session.
    void onRecovered(ClientSession former, Principal principal) {
        synchronized (disconnected) {
            disconnected.computeIfPresent(key(former, principal), (_, left) -> left.client() == former ? null : left);
        }
    }

    /// The oldest progress among the user's other sockets in the dialect that may not have received what they were
    /// sent, since one of them may be the client's former connection. Empty when there are no others.
    Optional<Long> othersResumeFrom(ClientSession client, Principal principal) {
        var key = key(client, principal);
        return others(key, client).findAny().isEmpty()
                ? Optional.empty()
                : Optional.of(others(key, client)
                        .filter(other -> other.progress().isUnconfirmed())
                        .mapToLong(other -> other.progress().resumeFrom(0))
                        .filter(sequence -> sequence != ClientProgress.UNKNOWN)
                        .min()
                        .orElse(lastBroadcast));
    }

    private Stream<ClientSession> clientsOf(Key key) {
        return clients.ofUser(key.user).filter(client -> client.channel == key.channel);
    }

    private Stream<ClientSession> others(Key key, ClientSession client) {
        return clientsOf(key).filter(other -> other != client);
    }

    /// Runs often. By one thread.
    public void runDue() {
        var nowMs = clock.millis();
        if (nowMs - settledAtMs >= SETTLE_EVERY_MS) {
            settledAtMs = nowMs;
            settled = toSettle;
            toSettle = lastBroadcast;
        }
        if (nowMs - savedAtMs >= SAVE_EVERY_MS && !changed.isEmpty() && saving.compareAndSet(false, true)) {
            savedAtMs = nowMs;
            save();
        }
        if (nowMs - purgedAtMs >= PURGE_EVERY_MS) {
            purgedAtMs = nowMs;
            var before = Instant.ofEpochMilli(nowMs).minus(SAVED_FOR);
            journal.submit(ledger -> {
                ledger.purgeClientCheckpoints(before);
                return true;
            });
        }
    }

    /// Saves all changes, after the last client has disconnected.
    public void close() {
        for (var left = changed.size(); left > 0; left -= SAVED_AT_ONCE_MAX) { // once, also where it fails
            save();
        }
    }

    private void save() {
        var keys = changed.stream().limit(SAVED_AT_ONCE_MAX).toList();
        keys.forEach(changed::remove); // before they are read, so that no later change is lost
        var now = clock.instant();
        var checkpoints = new ArrayList<ClientCheckpoint>();
        keys.forEach(key -> checkpoint(key, now).ifPresent(checkpoints::add));
        journal.submit(ledger -> {
                    checkpoints.forEach(one -> ledger.saveClientCheckpoint(node.name(), one));
                    return true;
                })
                .whenComplete((_, thrown) -> {
                    if (thrown != null) {
                        LOG.debug("{} checkpoints of clients could not be saved, and are saved later", keys.size());
                        changed.addAll(keys);
                    }
                    saving.set(false);
                });
    }

    /// The progress of the user's socket that is furthest behind.
    private Optional<ClientCheckpoint> checkpoint(Key key, Instant now) {
        var clients = clientsOf(key).toList();
        var sequence = clients.stream()
                .mapToLong(this::resumeFrom)
                .filter(one -> one != ClientProgress.UNKNOWN)
                .min()
                .orElse(Long.MAX_VALUE);
        var watches = clients.stream().anyMatch(ClientSession::watchesOrders);
        synchronized (disconnected) {
            var left = disconnected.get(key);
            if (left != null) {
                sequence = Math.min(sequence, left.resumeFrom());
                watches |= left.client().watchesOrders();
            }
        }
        return sequence == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new ClientCheckpoint(
                        key.user.toString(), key.channel.dialect().name(), sequence, watches, now));
    }
}
