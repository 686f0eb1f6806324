package waybill.messaging;

import java.time.Instant;

/// The number of messages in a queue and the arrival time of the oldest.
public record QueueDepth(Queue queue, long messages, Instant oldest) {}
