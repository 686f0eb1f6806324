package waybill.socketio.redis;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether Redis is reached, and what was dropped because it is not. A monitor of a few lines; says each change in the
/// log, once.
final class LinkState {

    private static final Logger LOG = LoggerFactory.getLogger(LinkState.class);

    private final String address;
    private final InstantSource clock;
    private final LongAdder dropped = new LongAdder();
    private final List<Consumer<RedisHealth>> listeners = new CopyOnWriteArrayList<>();
    private boolean subscribed;
    private volatile boolean connected;
    private Instant since;
    private long droppedBefore;
    private boolean failureLogged;

    LinkState(String address, InstantSource clock) {
        this.address = address;
        this.clock = clock;
        this.since = clock.instant();
    }

    boolean isConnected() {
        return connected;
    }

    synchronized RedisHealth health() {
        return new RedisHealth(connected, since, dropped.sum());
    }

    void countDropped() {
        dropped.increment();
    }

    void onChange(Consumer<RedisHealth> listener) {
        listeners.add(listener);
    }

    synchronized void onSubscribed(boolean value) {
        subscribed = value;
    }

    /// `open` says whether both connections are. Returns whether Redis is reached.
    boolean update(boolean open) {
        if (changeTo(open)) {
            listeners.forEach(listener -> listener.accept(health()));
        }
        return connected;
    }

    private synchronized boolean changeTo(boolean open) {
        boolean now = open && subscribed;
        if (now == connected) {
            return false;
        }
        connected = now;
        since = clock.instant();
        failureLogged = !now; // the loss says it
        if (now) {
            LOG.info(
                    "connected to Redis at {}; {} messages were dropped before",
                    address,
                    dropped.sum() - droppedBefore);
        } else {
            droppedBefore = dropped.sum();
            LOG.warn(
                    "Redis at {} is not reached: this node serves its own sockets alone, and messages to other nodes are"
                            + " dropped and counted until it is back",
                    address);
        }
        return true;
    }

    /// An attempt to connect failed. Further ones are not in the log until it succeeds.
    synchronized void onFailure(Throwable failure) {
        if (!failureLogged) {
            failureLogged = true;
            LOG.warn(
                    "Redis at {} cannot be reached: {}; it is tried again, and until then this node serves its own"
                            + " sockets alone",
                    address,
                    reason(failure));
        }
    }

    /// The innermost message: the others repeat the address.
    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
