package waybill.server.caps;

import waybill.limit.RateLimit;
import waybill.limit.TokenBucket;

/// How often one socket may emit. Used on the event loop of one socket at a time.
record EventBudgets(TokenBucket sessionEvents, TokenBucket orderCommands) {

    private static final long QUARTER_MS = 15 * 60 * 1_000L;

    static EventBudgets of(CapsLimits limits) {
        return new EventBudgets(
                new TokenBucket(RateLimit.in(QUARTER_MS, limits.sessionEventsPerQuarter())),
                new TokenBucket(RateLimit.perSecond(limits.orderCommandsPerSecond())));
    }

    boolean isFull(long nowMs) {
        return sessionEvents.isFull(nowMs) && orderCommands.isFull(nowMs);
    }
}
