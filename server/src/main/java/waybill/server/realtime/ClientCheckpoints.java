package waybill.server.realtime;

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
import waybill.mailbox.Checkpoint;

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
    private final LinkedHashMap<Key, Gone> gone = new LinkedHashMap<>(); // guarded by itself
    private final AtomicBoolean saving = new AtomicBoolean();
    private volatile long told;
    private volatile long settled;
    private long toSettle;
    private long settledAtMs;
    private long savedAtMs;
    private long purgedAtMs;

    /// The clients of one user in one dialect.
    private record Key(UserId user, Audience audience) {}

    /// A socket that is gone, and from where on its client must be sent what it missed.
    record Gone(Client client, long resumeFrom, long atMs) {}

    /// @param told the last event that was told before the hub was started
    ClientCheckpoints(LiveServices services, long told) {
        this.services = services;
        this.told = told;
        this.settled = told;
        this.toSettle = told;
    }

    /// The event is told now.
    void telling(long sequence) {
        told = sequence;
    }

    /// The last event that was told, or that is told just now.
    long told() {
        return told;
    }

    private static Key key(Client client, Principal principal) {
        return new Key(principal.user(), client.audience);
    }

    /// The client was sent all that concerns it up to there. On its loop.
    void sent(Client client, long sequence) {
        client.progress().sentUpTo(sequence, () -> changed(client));
    }

    /// What is saved of the client's user is not right any more.
    void changed(Client client) {
        client.principal().ifPresent(principal -> changed.add(key(client, principal)));
    }

    /// The client watches its first order. Saved before anything that happens to the order from now on, so that it
    /// watches again also after a crash. Where another client of the user watches too,
    /// that is saved already.
    void watches(Client client) {
        client.principal()
                .map(principal -> key(client, principal))
                .filter(key -> others(key, client).noneMatch(Client::watchesOrders))
                .flatMap(key -> checkpoint(key, services.clock().instant()))
                .ifPresent(checkpoint -> services.journal().submitSoon(ledger -> {
                    ledger.saveCheckpoint(checkpoint);
                    return true;
                }));
    }

    /// A socket is gone. It is not among the clients any more.
    void gone(Client client, Principal principal) {
        var resumeFrom = resumeFrom(client);
        if (resumeFrom == Progress.UNKNOWN) {
            return;
        }
        var key = key(client, principal);
        if (those(key).findAny().isEmpty() || client.progress().isUnconfirmed()) {
            synchronized (gone) {
                gone.putLast(key, new Gone(client, resumeFrom, services.clock().millis()));
                if (gone.size() > GONE_MAX) {
                    gone.pollFirstEntry();
                }
            }
        }
        changed.add(key);
    }

    /// From where on a socket that has gone must be sent what concerns it.
    long resumeFrom(Client client) {
        return client.progress().resumeFrom(client.isLive() ? settled : 0);
    }

    /// A client that comes takes up what one that is gone has left, if there is such a one.
    Optional<Gone> takeUp(Client client, Principal principal) {
        var key = key(client, principal);
        Gone left;
        synchronized (gone) {
            left = gone.remove(key);
        }
        return Optional.ofNullable(left)
                .filter(one -> services.clock().millis() - one.atMs() < GONE_FOR.toMillis()
                        || others(key, client).findAny().isEmpty());
    }

    /// The socket of a client that has come back by itself need not be waited for.
    void cameBack(Client former, Principal principal) {
        synchronized (gone) {
            gone.computeIfPresent(key(former, principal), (_, left) -> left.client() == former ? null : left);
        }
    }

    /// Where the oldest of the user's other sockets in the dialect is that may not have received what it was sent,
    /// for it may be the one that the client was cut off from. Empty when there are no others.
    Optional<Long> othersAt(Client client, Principal principal) {
        var key = key(client, principal);
        return others(key, client).findAny().isEmpty()
                ? Optional.empty()
                : Optional.of(others(key, client)
                        .filter(other -> other.progress().isUnconfirmed())
                        .mapToLong(other -> other.progress().resumeFrom(0))
                        .filter(sequence -> sequence != Progress.UNKNOWN)
                        .min()
                        .orElse(told));
    }

    private Stream<Client> those(Key key) {
        return services.clients().ofUser(key.user).filter(client -> client.audience == key.audience);
    }

    private Stream<Client> others(Key key, Client client) {
        return those(key).filter(other -> other != client);
    }

    /// Called often. By one thread.
    void look() {
        var nowMs = services.clock().millis();
        if (nowMs - settledAtMs >= SETTLE_EVERY_MS) {
            settledAtMs = nowMs;
            settled = toSettle;
            toSettle = told;
        }
        if (nowMs - savedAtMs >= SAVE_EVERY_MS && !changed.isEmpty() && saving.compareAndSet(false, true)) {
            savedAtMs = nowMs;
            save();
        }
        if (nowMs - purgedAtMs >= PURGE_EVERY_MS) {
            purgedAtMs = nowMs;
            var before = Instant.ofEpochMilli(nowMs).minus(SAVED_FOR);
            services.journal().submit(ledger -> {
                ledger.purgeCheckpoints(before);
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
        var checkpoints = new ArrayList<Checkpoint>();
        keys.forEach(key -> checkpoint(key, now).ifPresent(checkpoints::add));
        services.journal()
                .submit(ledger -> {
                    checkpoints.forEach(ledger::saveCheckpoint);
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
    private Optional<Checkpoint> checkpoint(Key key, Instant now) {
        var clients = those(key).toList();
        var sequence = clients.stream()
                .mapToLong(this::resumeFrom)
                .filter(one -> one != Progress.UNKNOWN)
                .min()
                .orElse(Long.MAX_VALUE);
        var watches = clients.stream().anyMatch(Client::watchesOrders);
        synchronized (gone) {
            var left = gone.get(key);
            if (left != null) {
                sequence = Math.min(sequence, left.resumeFrom());
                watches |= left.client().watchesOrders();
            }
        }
        return sequence == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new Checkpoint(
                        key.user.toString(), key.audience.dialect().name(), sequence, watches, now));
    }
}
