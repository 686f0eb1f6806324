package waybill.storage.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time that ages are measured against. A clock that goes forward all at once may be wrong (a machine that starts
/// before it knows the time, an operator's mistake), and what is deleted for its age does not come back. So a jump
/// forward counts only after the clock has stayed there for a while, measured on a clock that cannot be set. A clock
/// that goes back is believed at once, because then less is old, not more. Thread-safe.
public final class TrustedClock {

    /// A clock that is further ahead than expected has jumped.
    static final Duration JUMP_MIN = Duration.ofMinutes(5);

    /// How long a clock must stay where it jumped to before it is believed.
    public static final Duration TRUST_DELAY = Duration.ofHours(1);

    /// A hub that was stopped for longer than that says at its start that nothing is deleted yet.
    private static final Duration LONG_STOP_MIN = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(TrustedClock.class);

    private final InstantSource wall;
    private final LongSupplier nanoTime;

    private Instant trusted;
    private long trustedAtNanos;
    private boolean jumped;
    private Instant jumpedTo = Instant.EPOCH;
    private long jumpedAtNanos;

    public TrustedClock(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        trusted = wall.instant();
        trustedAtNanos = nanoTime.getAsLong();
    }

    /// The last hub on the same data trusted this time. Between that and now the clock may have jumped as well.
    public synchronized void resumeFrom(Instant lastTrusted) {
        var now = wall.instant();
        var ahead = Duration.between(lastTrusted, now);
        if (ahead.compareTo(JUMP_MIN) <= 0) {
            return;
        }
        trusted = lastTrusted;
        trustedAtNanos = nanoTime.getAsLong();
        startWaiting(now, trustedAtNanos);
        if (ahead.compareTo(LONG_STOP_MIN) > 0) {
            LOG.info(
                    "the newest data is {} old by the clock of this machine; nothing is deleted for its age until the"
                            + " clock has held for {}",
                    ahead,
                    TRUST_DELAY);
        }
    }

    public synchronized Instant now() {
        var read = wall.instant();
        var nanos = nanoTime.getAsLong();
        var expected = trusted.plusNanos(nanos - trustedAtNanos);
        if (!read.isAfter(expected.plus(JUMP_MIN))) {
            if (jumped) {
                LOG.info("the clock is back from {} at {}", jumpedTo, read);
            }
            return trust(read, nanos);
        }
        if (!jumped) {
            LOG.warn(
                    "the clock jumped forward by {}; nothing is deleted for its age until the clock has held for {}",
                    Duration.between(expected, read),
                    TRUST_DELAY);
            startWaiting(read, nanos);
        } else if (Duration.between(jumpedTo.plusNanos(nanos - jumpedAtNanos), read)
                        .abs()
                        .compareTo(JUMP_MIN)
                > 0) {
            startWaiting(read, nanos); // and again, so the wait begins anew
        } else if (nanos - jumpedAtNanos >= TRUST_DELAY.toNanos()) {
            LOG.info("the clock has held for {}: what is too old by it is deleted", TRUST_DELAY);
            return trust(read, nanos);
        }
        return expected;
    }

    private Instant trust(Instant time, long nanos) {
        trusted = time;
        trustedAtNanos = nanos;
        jumped = false;
        return time;
    }

    private void startWaiting(Instant to, long nanos) {
        jumped = true;
        jumpedTo = to;
        jumpedAtNanos = nanos;
    }
}
