package waybill.server.rest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import waybill.access.UserId;
import waybill.tracking.Pace;

/// How often somebody may ask, by kind of request. A monitor of a few lines: safe from any thread.
final class RequestRates {

    /// Askers that are remembered. Beyond that, who has not asked for longest is forgotten, and has not asked yet.
    static final int REMEMBERED_MAX = 10_000;

    private static final int SECOND_MS = 1_000;

    private final int perSecond;
    private final LinkedHashMap<UserId, Pace> paces = new LinkedHashMap<>();

    /// So many a second in the long run, and as many at once; 0 is no limit at all.
    RequestRates(int perSecond) {
        this.perSecond = perSecond;
    }

    int perSecond() {
        return perSecond;
    }

    /// Empty when it may be now, or after how long it may.
    synchronized Optional<Duration> ask(UserId who, long nowMs) {
        if (perSecond == 0) {
            return Optional.empty();
        }
        var pace = paces.getOrDefault(who, new Pace(Math.max(1, SECOND_MS / perSecond), perSecond, 0));
        return switch (pace.ask(nowMs)) {
            case Pace.Answer.Now(var next) -> {
                paces.putLast(who, next);
                if (paces.size() > REMEMBERED_MAX) {
                    paces.pollFirstEntry();
                }
                yield Optional.empty();
            }
            case Pace.Answer.Later(var atMs) -> Optional.of(Duration.ofMillis(atMs - nowMs));
        };
    }
}
