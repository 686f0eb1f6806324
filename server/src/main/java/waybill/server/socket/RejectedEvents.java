package waybill.server.socket;

import java.util.Optional;
import waybill.access.Principal;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;

/// Answers events that are too many, as long as these are not too many themselves: a client that goes on and on is
/// disconnected, since an answer costs as much as what the client asks for. Thread-safe.
public final class RejectedEvents {

    /// Users whose events are counted. Beyond that, the one without an event for the longest time is evicted.
    public static final int USERS_MAX = 10_000;

    private final RateLimiter<String> answers;

    /// @param limits how many events of one user, or of one address without a token, are answered in a second, over
    ///     all of its sockets
    public RejectedEvents(SharedLimits limits) {
        answers = new InMemoryRateLimiter<>(RateLimit.perSecond(limits.rejectionsPerSecond()), USERS_MAX);
    }

    /// On the socket's event loop.
    ///
    /// @param user that of the socket's token; without one, all sockets of its address count together, because a
    ///     client may claim any name, and another one after it has reconnected
    public void reject(EventResponder reply, Optional<Principal> user, long retryAfterMs, long nowMs) {
        EventTrace.rejected(reply.socket(), reply.event(), nowMs);
        var counted = user.map(known -> known.user().toString())
                .orElseGet(() -> "address " + reply.socket().handshake().address());
        if (answers.acquire(counted, nowMs) == 0) {
            reply.failed(Refusal.tooMany(reply.event(), retryAfterMs));
        } else {
            reply.failed(Refusal.of(
                    ErrorCode.RATE_LIMITED,
                    "events: so many were refused that the connection is closed (expected: fewer in a second)"));
            reply.socket().disconnect(true);
        }
    }
}
