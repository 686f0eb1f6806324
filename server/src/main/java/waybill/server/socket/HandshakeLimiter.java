package waybill.server.socket;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RecentKeys;

/// Limits new sockets, from one address and in all. Safe from any thread, called once for each new socket.
///
/// A rejected client receives the time to retry: each has a slot of its own, so that they do not all return at
/// once. The n-th waits for n intervals: as many return at a time as are admitted, and none retries in vain.
public final class HandshakeLimiter {

    /// Addresses in memory. Beyond that the least recently seen is evicted.
    static final int ADDRESSES_MAX = 10_000;

    private static final long MINUTE_MS = 60_000;

    /// How far ahead slots are given. Clients beyond that wait between half of it and all of it.
    static final long RETRY_WITHIN_MS = 15 * MINUTE_MS;

    private static final String TOTAL = "";

    private final RandomGenerator random;
    private final RateLimiter<String> byAddress;
    private final RetrySlots slotsByAddress;
    private final RateLimiter<String> total;
    private final RetrySlots slotsOfTotal;

    public HandshakeLimiter(SocketLimits limits, RandomGenerator random) {
        this.random = random;
        var perAddress = RateLimit.perMinute(limits.handshakesPerAddressPerMinute());
        byAddress = new InMemoryRateLimiter<>(perAddress, ADDRESSES_MAX);
        slotsByAddress = new RetrySlots(perAddress, ADDRESSES_MAX);
        var all = RateLimit.perSecond(limits.handshakesPerSecond());
        total = new InMemoryRateLimiter<>(all, 1);
        slotsOfTotal = new RetrySlots(all, 1);
    }

    /// Empty when a socket from that address is admitted, or else the milliseconds to wait. The local machine is
    /// always admitted: a proxy there forwards for all clients.
    OptionalLong checkAddress(String address, boolean isThisMachine, long nowMs) {
        return isThisMachine ? OptionalLong.empty() : check(byAddress, slotsByAddress, address, nowMs);
    }

    /// Empty when one more socket is admitted in all, or else the milliseconds to wait.
    OptionalLong checkTotal(long nowMs) {
        return check(total, slotsOfTotal, TOTAL, nowMs);
    }

    private static OptionalLong check(RateLimiter<String> limiter, RetrySlots slots, String key, long nowMs) {
        var retryAfterMs = limiter.acquire(key, nowMs);
        return retryAfterMs == 0 ? OptionalLong.empty() : OptionalLong.of(slots.next(key, retryAfterMs, nowMs));
    }

    /// The slots given to rejected clients of each key. A monitor of a few lines.
    private final class RetrySlots {

        private final double intervalMs;
        private final RecentKeys<String, Double> lastMs;

        RetrySlots(RateLimit limit, int keysMax) {
            intervalMs = limit.intervalUs() / 1_000.0;
            lastMs = new RecentKeys<>(keysMax);
        }

        /// The time until a slot that is no earlier than `retryAfterMs` from now.
        synchronized long next(String key, long retryAfterMs, long nowMs) {
            var slotMs = Math.max((double) (nowMs + retryAfterMs), lastMs.getOrDefault(key, 0.0) + intervalMs);
            if (slotMs - nowMs > RETRY_WITHIN_MS) {
                return RETRY_WITHIN_MS - random.nextLong(RETRY_WITHIN_MS / 2);
            }
            lastMs.put(key, slotMs);
            return (long) (slotMs - nowMs) + random.nextLong(Math.max(1, (long) intervalMs));
        }
    }
}
