package waybill.mailbox;

import java.time.Instant;

/// One undelivered letter. `eventId` is the position of its event in the log, so letters sort by it; `payload` is JSON,
/// as its sender wrote it.
public record Letter(long eventId, Queue queue, String messageId, String payload, Instant receivedAt) {}
