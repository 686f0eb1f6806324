package waybill.server.rest.http;

import java.time.Duration;
import waybill.access.Principal;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;

/// How often a user may read and write. Thread-safe.
final class RequestRates {

    /// Users whose requests are counted. Beyond that, the least recently seen is evicted, and starts anew.
    private static final int USERS_MAX = 10_000;

    private final RestSettings settings;
    private final RateLimiter<String> readLimiter;
    private final RateLimiter<String> writeLimiter;

    RequestRates(RestSettings settings, RateLimiters limiters) {
        this.settings = settings;
        readLimiter = limiters.of("reads", RateLimit.perSecond(settings.readsPerSecond()), USERS_MAX);
        writeLimiter = limiters.of("writes", RateLimit.perSecond(settings.writesPerSecond()), USERS_MAX);
    }

    /// Counts a request of the user.
    ///
    /// @throws Problem where the user has sent too many
    void require(Operation operation, Principal user, long nowMs) {
        var retryAfterMs = (operation.isRead() ? readLimiter : writeLimiter)
                .acquire(user.user().toString(), nowMs);
        if (retryAfterMs > 0) {
            var perSecond = operation.isRead() ? settings.readsPerSecond() : settings.writesPerSecond();
            throw Problem.rateLimited(
                    (operation.isRead() ? "reads" : "writes") + ": too many (expected: at most " + perSecond
                            + " a second)",
                    Duration.ofMillis(retryAfterMs));
        }
    }
}
