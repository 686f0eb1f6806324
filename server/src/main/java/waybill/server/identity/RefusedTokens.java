package waybill.server.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import waybill.tracking.Pace;

/// How many tokens from one address may be refused, so that whoever guesses has little to gain. A monitor of a few
/// lines: safe from any thread.
final class RefusedTokens {

    /// Addresses that are remembered. Beyond that, the one that sent none to refuse for longest is forgotten.
    static final int ADDRESSES_MAX = 10_000;

    private static final int MINUTE_MS = 60_000;

    private final int perMinute;
    private final LinkedHashMap<String, Pace> paces = new LinkedHashMap<>();

    /// So many a minute in the long run, and as many at once; 0 is no limit at all.
    RefusedTokens(int perMinute) {
        this.perMinute = perMinute;
    }

    int perMinute() {
        return perMinute;
    }

    /// Empty when a bad token from that address is told what is wrong with it, or after how long one is.
    synchronized Optional<Duration> respite(String address, long nowMs) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        return switch (pace(address).ask(nowMs)) {
            case Pace.Answer.Now _ -> Optional.empty();
            case Pace.Answer.Later(var atMs) -> Optional.of(Duration.ofMillis(atMs - nowMs));
        };
    }

    /// One was refused.
    synchronized void note(String address, long nowMs) {
        if (perMinute == 0) {
            return;
        }
        if (pace(address).ask(nowMs) instanceof Pace.Answer.Now(var next)) {
            paces.putLast(address, next);
            if (paces.size() > ADDRESSES_MAX) {
                paces.pollFirstEntry();
            }
        }
    }

    private Pace pace(String address) {
        return paces.getOrDefault(address, new Pace(Math.max(1, MINUTE_MS / perMinute), perMinute, 0));
    }
}
