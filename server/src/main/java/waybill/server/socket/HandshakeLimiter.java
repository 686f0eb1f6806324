package waybill.server.socket;

import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// How many sockets may come, from one address and in all. A monitor, asked once for each socket that comes.
///
/// A client that is refused is told when to come back: each is given a place of its own, so that they do not all
/// come at once.
public final class HandshakeLimiter {

    /// Addresses that are remembered. Beyond that the one that was not seen for longest is forgotten.
    static final int ADDRESSES_MAX = 10_000;

    private static final long MINUTE_MS = 60_000;
    private static final long SECOND_MS = 1_000;

    /// How far ahead places are given. Clients beyond that are sent away for between half of it and all of it.
    static final long RETRY_WITHIN_MS = 15 * MINUTE_MS;

    private final int perAddressPerMinute;
    private final RetrySlots total;
    private final RandomGenerator random;
    private final LinkedHashMap<String, RetrySlots> byAddress = new LinkedHashMap<>();

    public HandshakeLimiter(SocketLimits limits, RandomGenerator random, long nowMs) {
        perAddressPerMinute = limits.handshakesPerAddressPerMinute();
        total = new RetrySlots(limits.handshakesPerSecond(), SECOND_MS, nowMs);
        this.random = random;
    }

    /// Empty when a socket may come from that address, or in how many milliseconds it may. This machine may always: a
    /// proxy on it speaks for everybody.
    synchronized OptionalLong checkAddress(String address, boolean isThisMachine, long nowMs) {
        if (perAddressPerMinute == 0 || isThisMachine) {
            return OptionalLong.empty();
        }
        var known = byAddress.get(address);
        var places = known == null ? new RetrySlots(perAddressPerMinute, MINUTE_MS, nowMs) : known;
        byAddress.putLast(address, places);
        if (byAddress.size() > ADDRESSES_MAX) {
            byAddress.pollFirstEntry();
        }
        return places.take(nowMs);
    }

    /// Empty when one more may come at all, or in how many milliseconds it may.
    synchronized OptionalLong checkTotal(long nowMs) {
        return total.take(nowMs);
    }

    /// A budget in which a client that is refused is given a place: the n-th waits for n intervals, so that as many
    /// come back at a time as may, and none asks in vain again and again.
    private final class RetrySlots {

        private final TokenBucket tokenBucket;
        private final double intervalMs;
        private double lastMs;

        RetrySlots(int max, long periodMs, long nowMs) {
            tokenBucket = new TokenBucket(max, periodMs, nowMs);
            intervalMs = max == 0 ? 0 : (double) periodMs / max;
            lastMs = nowMs;
        }

        OptionalLong take(long nowMs) {
            if (tokenBucket.take(nowMs)) {
                return OptionalLong.empty();
            }
            var place = Math.max((double) (nowMs + tokenBucket.retryAfterMs()), lastMs + intervalMs);
            if (place - nowMs > RETRY_WITHIN_MS) {
                return OptionalLong.of(RETRY_WITHIN_MS - random.nextLong(RETRY_WITHIN_MS / 2));
            }
            lastMs = place;
            return OptionalLong.of((long) (place - nowMs) + random.nextLong(Math.max(1, (long) intervalMs)));
        }
    }
}
