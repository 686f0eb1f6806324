package waybill.server.socket;

/// Answers events that are too many, as long as these are not too many themselves: a client that goes on and on is
/// disconnected, since an answer costs as much as what the client asks for. Thread-safe.
public final class RejectedEvents {

    /// Events of one user that are answered `rate_limited` in a second, over all of its sockets.
    public static final int ANSWERED_PER_SECOND = 2_000;

    private final UserTokenBuckets answers;

    public RejectedEvents() {
        this(ANSWERED_PER_SECOND);
    }

    RejectedEvents(int answeredPerSecond) {
        answers = new UserTokenBuckets(answeredPerSecond);
    }

    /// On the socket's event loop.
    ///
    /// @param user whose socket it is
    public void reject(EventResponder reply, String user, long retryAfterMs, long nowMs) {
        EventTrace.rejected(reply.socket(), reply.event(), nowMs);
        if (answers.take(user, nowMs)) {
            reply.failed(EventError.rateLimited(reply.event(), retryAfterMs));
        } else {
            reply.failed(EventError.tooManyRejected());
            reply.socket().disconnect(true);
        }
    }
}
