package waybill.messaging;

import java.time.Instant;

/// How full a queue is: the number of letters in it, and when the oldest of them came in.
public record QueueDepth(Queue queue, long messages, Instant oldest) {}
