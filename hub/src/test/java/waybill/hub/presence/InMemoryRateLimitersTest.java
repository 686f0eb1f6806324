package waybill.hub.presence;

import waybill.limit.InMemoryRateLimiters;
import waybill.limit.RateLimiters;

class InMemoryRateLimitersTest implements RateLimitersContract {

    private final RateLimiters limiters = new InMemoryRateLimiters();

    @Override
    public RateLimiters here() {
        return limiters;
    }

    @Override
    public RateLimiters there() {
        return limiters;
    }

    @Override
    public void settle() {
        // both nodes have the same
    }

    @Override
    public long nowMs() {
        return 0;
    }
}
