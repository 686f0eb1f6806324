package waybill.server.live;

import java.time.Duration;
import java.time.Instant;
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
import waybill.messaging.ClientCheckpoint;

/// Saves how far the clients of each user have received what concerns it, for each dialect, so that one that comes
/// back without saying where it was is sent what it missed. Saved a little later and many at once: after a crash a
/// client is sent a few events again. Thread-safe.
final class ClientCheckpoints {

    /// Checkpoints that are saved in one transaction. What is beyond that waits for the next.
    static final int SAVED_AT_ONCE_MAX = 1_000;

    /// Sockets that are remembered when they are gone; of one that is forgotten, its saved checkpoint counts.
    static final int GONE_MAX = 10_000;

    /// For how long a socket that is gone is waited for although its user has another one.
    private static final Duration GONE_FOR = Duration.ofMinutes(10);

    private static final Duration SAVED_FOR = Duration.ofDays(30);
    private static final long SAVE_EVERY_MS = 1_000;
    private static final long SETTLE_EVERY_MS = 5_000;
    private static final long PURGE_EVERY_MS = Duration.ofDays(1).toMillis();

    private static final Logger LOG = LoggerFactory.getLogger(ClientCheckpoints.class);

    private final LiveServices services;
    private final Set<Key> changed = ConcurrentHashMap.newKeySet();
    private final LinkedHashMap<Key, DisconnectedClient> disconnected = new LinkedHashMap<>(); // guarded by itself
    private final AtomicBoolean saving = new AtomicBoolean();
    private volatile long lastBroadcast;
    private volatile long settled;
    private long toSettle;
    private long settledAtMs;
    private long savedAtMs;
    private long purgedAtMs;

    /// The clients of one user in one dialect.
    private record Key(UserId user, DialectChannel channel) {}

    /// A socket that is gone, and from where on its client must be sent what it missed.
    record DisconnectedClient(ClientSession client, long resumeFrom, long atMs) {}

    /// @param told the last event that was told before the hub was started
    ClientCheckpoints(LiveServices services, long told) {
        this.services = services;
        this.lastBroadcast = told;
        this.settled = told;
        this.toSettle = told;
    }

    /// The event is told now.
    void setLastBroadcast(long sequence) {
        lastBroadcast = sequence;
    }

    /// The last event that was told, or that is told just now.
    long lastBroadcast() {
        return lastBroadcast;
    }

    private static Key key(ClientSession client, Principal principal) {
        return new Key(principal.user(), client.channel);
    }

    /// The client was sent all that concerns it up to there. On its loop.
    void sent(ClientSession client, long sequence) {
        client.progress().sentUpTo(sequence, () -> changed(client));
    }

    /// What is saved of the client's user is not right any more.
    void changed(ClientSession client) {
        client.principal().ifPresent(principal -> changed.add(key(client, principal)));
    }

    /// The client watches its first order. Saved before anything that happens to the order from now on, so that it
    /// watches again also after a crash. Where another client of the user watches too,
    /// that is saved already.
    void saveFirstWatch(ClientSession client) {
        client.principal()
                .map(principal -> key(client, principal))
                .filter(key -> others(key, client).noneMatch(ClientSession::watchesOrders))
                .flatMap(key -> checkpoint(key, services.clock().instant()))
                .ifPresent(checkpoint -> services.journal().submitSoon(ledger -> {
                    ledger.saveClientCheckpoint(checkpoint);
                    return true;
                }));
    }

    /// A socket is gone. It is not among the clients any more.
    void onDisconnect(ClientSession client, Principal principal) {
        var resumeFrom = resumeFrom(client);
        if (resumeFrom == ClientProgress.UNKNOWN) {
            return;
        }
        var key = key(client, principal);
        if (clientsOf(key).findAny().isEmpty() || client.progress().isUnconfirmed()) {
            synchronized (disconnected) {
                disconnected.putLast(
                        key,
                        new DisconnectedClient(
                                client, resumeFrom, services.clock().millis()));
                if (disconnected.size() > GONE_MAX) {
                    disconnected.pollFirstEntry();
                }
            }
        }
        changed.add(key);
    }

    /// From where on a socket that has gone must be sent what concerns it.
    long resumeFrom(ClientSession client) {
        return client.progress().resumeFrom(client.isLive() ? settled : 0);
    }

    /// A client that comes takes up what one that is gone has left, if there is such a one.
    Optional<DisconnectedClient> takeOver(ClientSession client, Principal principal) {
        var key = key(client, principal);
        DisconnectedClient left;
        synchronized (disconnected) {
            left = disconnected.remove(key);
        }
        return Optional.ofNullable(left)
                .filter(one -> services.clock().millis() - one.atMs() < GONE_FOR.toMillis()
                        || others(key, client).findAny().isEmpty());
    }

    /// The socket of a client that has come back by itself need not be waited for.
    void onRecovered(ClientSession former, Principal principal) {
        synchronized (disconnected) {
            disconnected.computeIfPresent(key(former, principal), (_, left) -> left.client() == former ? null : left);
        }
    }

    /// Where the oldest of the user's other sockets in the dialect is that may not have received what it was sent,
    /// for it may be the one that the client was cut off from. Empty when there are no others.
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
        return services.clients().ofUser(key.user).filter(client -> client.channel == key.channel);
    }

    private Stream<ClientSession> others(Key key, ClientSession client) {
        return clientsOf(key).filter(other -> other != client);
    }

    /// Called often. By one thread.
    void runDue() {
        var nowMs = services.clock().millis();
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
            services.journal().submit(ledger -> {
                ledger.purgeClientCheckpoints(before);
                return true;
            });
        }
    }

    /// Saves all that has changed. When no more clients come.
    void close() {
        for (var left = changed.size(); left > 0; left -= SAVED_AT_ONCE_MAX) { // once, also where it fails
            save();
        }
    }

    private void save() {
        var keys = changed.stream().limit(SAVED_AT_ONCE_MAX).toList();
        keys.forEach(changed::remove); // before they are looked at, so that no later change is lost
        var now = services.clock().instant();
        var checkpoints = new ArrayList<ClientCheckpoint>();
        keys.forEach(key -> checkpoint(key, now).ifPresent(checkpoints::add));
        services.journal()
                .submit(ledger -> {
                    checkpoints.forEach(ledger::saveClientCheckpoint);
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

    /// That of the user's socket which is least far.
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
