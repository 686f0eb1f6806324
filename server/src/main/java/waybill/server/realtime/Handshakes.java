package waybill.server.realtime;

import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// How many sockets may come, from one address and in all. A monitor, asked once for each socket that comes.
///
/// Who is refused is told when to come back, each a little later than the other, so that they do not all come at once.
final class Handshakes {

    /// Addresses that are remembered. Beyond that the one that was not seen for longest is forgotten.
    static final int ADDRESSES_MAX = 10_000;

    private static final long MINUTE_MS = 60_000;
    private static final long SECOND_MS = 1_000;

    /// By how much longer than needed somebody waits at most.
    private static final long JITTER_MS = 2_000;

    private final int perAddressPerMinute;
    private final Budget inAll;
    private final RandomGenerator random;
    private final LinkedHashMap<String, Budget> byAddress = new LinkedHashMap<>();

    Handshakes(LiveLimits limits, RandomGenerator random, long nowMs) {
        perAddressPerMinute = limits.handshakesPerAddressPerMinute();
        inAll = new Budget(limits.handshakesPerSecond(), SECOND_MS, nowMs);
        this.random = random;
    }

    /// Empty when a socket may come from that address, or in how many milliseconds it may. This machine may always: a
    /// proxy on it speaks for everybody.
    synchronized OptionalLong from(String address, boolean isThisMachine, long nowMs) {
        if (perAddressPerMinute == 0 || isThisMachine) {
            return OptionalLong.empty();
        }
        var known = byAddress.get(address);
        var budget = known == null ? new Budget(perAddressPerMinute, MINUTE_MS, nowMs) : known;
        byAddress.putLast(address, budget);
        if (byAddress.size() > ADDRESSES_MAX) {
            byAddress.pollFirstEntry();
        }
        return taken(budget, nowMs);
    }

    /// Empty when one more may come at all, or in how many milliseconds it may.
    synchronized OptionalLong inAll(long nowMs) {
        return taken(inAll, nowMs);
    }

    private OptionalLong taken(Budget budget, long nowMs) {
        return budget.take(nowMs)
                ? OptionalLong.empty()
                : OptionalLong.of(budget.retryAfterMs() + random.nextLong(JITTER_MS));
    }
}
