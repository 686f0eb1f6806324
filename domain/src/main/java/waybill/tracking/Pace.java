package waybill.tracking;

/// How often something may happen: `burst` times at once, and then once every `intervalMs`. A value: what may happen
/// [Answer.Now] comes with the pace to go on with.
///
/// A driver's positions are told at such a pace. Who is told to come back [Answer.Later] waits for that moment, asks no
/// more until then, and then tells the newest position there is: what came in between is skipped and is no error.
///
/// @param spentUntilMs when all of the burst will be there again
public record Pace(long intervalMs, int burst, long spentUntilMs) {

    /// Positions of one driver: two a second in the long run.
    public static final long POSITION_INTERVAL_MS = 500;

    /// Positions of one driver: ten at once.
    public static final int POSITION_BURST = 10;

    /// Whether it may happen.
    public sealed interface Answer {

        /// It may. `next` is the pace from here on.
        record Now(Pace next) implements Answer {}

        /// It may at `atMs`.
        record Later(long atMs) implements Answer {}
    }

    public Pace {
        if (intervalMs < 1) {
            throw new IllegalArgumentException("intervalMs: " + intervalMs + " (expected: at least 1)");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: at least 1)");
        }
    }

    /// The pace of one driver's positions, with nothing spent.
    public static Pace ofPositions() {
        return new Pace(POSITION_INTERVAL_MS, POSITION_BURST, 0);
    }

    /// Whether it may happen at `nowMs`. This is the generic cell rate algorithm: a token bucket that keeps one number.
    /// No
    /// more than the whole burst can be spent: what seems to be was spent by a clock that was set back since.
    public Answer ask(long nowMs) {
        var spentMs = isUnspent(nowMs) ? nowMs : spentUntilMs;
        var freeAtMs = spentMs - (burst - 1) * intervalMs;
        return nowMs < freeAtMs
                ? new Answer.Later(freeAtMs)
                : new Answer.Now(new Pace(intervalMs, burst, spentMs + intervalMs));
    }

    /// Whether all of the burst is there.
    public boolean isUnspent(long nowMs) {
        return spentUntilMs <= nowMs || spentUntilMs > nowMs + burst * intervalMs;
    }
}
