package waybill.mailbox;

import java.time.Instant;

/// How full a queue is: the number of letters in it, and when the oldest of them came in.
public record Depth(Queue queue, long letters, Instant oldest) {}
