package waybill.outbound;

import java.time.Instant;

/// A job that is about to be added.
///
/// @param target who receives it, as the channel names it: an endpoint, a user, an address
/// @param kind what it is about, as the channel names it: the type of a webhook, the trigger of a push
/// @param sequence that of its event, provisional or not; 0 for a job without one
/// @param dueAt when it is first sent
public record NewJob(Channel channel, String target, String kind, long sequence, Instant createdAt, Instant dueAt) {

    public static final int TARGET_MAX = 400;

    public static final int KIND_MAX = 100;

    public NewJob {
        requireLength("target", target, TARGET_MAX);
        requireLength("kind", kind, KIND_MAX);
    }

    /// One that is sent at once.
    public NewJob(Channel channel, String target, String kind, long sequence, Instant at) {
        this(channel, target, kind, sequence, at, at);
    }

    private static void requireLength(String name, String value, int max) {
        if (value.isEmpty() || value.length() > max) {
            throw new IllegalArgumentException(name + ": " + value.length() + " characters (expected: 1.." + max + ")");
        }
    }
}
