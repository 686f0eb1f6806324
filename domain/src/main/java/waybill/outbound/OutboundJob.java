package waybill.outbound;

import java.time.Instant;

/// One event for one receiver. It is delivered at least once; its id stays the same over all attempts and replays, so
/// that the receiver can drop a repeated one.
///
/// @param id grows with each job
/// @param target who receives it, as the channel names it
/// @param kind what it is about, as the channel names it
/// @param sequence that of its event; 0 for a job without one
/// @param attempts how many have begun, since the last replay
/// @param dueAt when it is sent next, or when its lease expires
/// @param detail what came of the last attempt; empty before that
public record OutboundJob(
        long id,
        Channel channel,
        String target,
        String kind,
        long sequence,
        Instant createdAt,
        JobState state,
        int attempts,
        Instant dueAt,
        String detail) {

    /// Of the text about an outcome that is stored.
    public static final int DETAIL_MAX = 300;
}
