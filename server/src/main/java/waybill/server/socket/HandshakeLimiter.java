package waybill.server.socket;

import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Limits new sockets, from one address and in all. A monitor, called once for each new socket.
///
/// A rejected client receives the time to retry: each has a slot of its own, so that they do not all return at
/// once.
public final class HandshakeLimiter {

    /// Addresses in memory. Beyond that the least recently seen is evicted.
    static final int ADDRESSES_MAX = 10_000;

    private static final long MINUTE_MS = 60_000;
    private static final long SECOND_MS = 1_000;

    /// How far ahead slots are given. Clients beyond that wait between half of it and all of it.
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

    /// Empty when a socket from that address is admitted, or else the milliseconds to wait. The local machine is
    /// always admitted: a proxy there forwards for all clients.
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

    /// Empty when one more socket is admitted in all, or else the milliseconds to wait.
    synchronized OptionalLong checkTotal(long nowMs) {
        return total.take(nowMs);
    }

    /// A token bucket that gives rejected clients slots: the n-th waits for n intervals, so that as many return at
    /// a time as are admitted, and none retries in vain.
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
