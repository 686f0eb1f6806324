package waybill.messaging;

import java.time.Instant;

/// How far the clients of one user in one dialect have received the user's events. A client that reconnects without a
/// checkpoint of its own is sent the events after this one.
///
/// @param user in stored form, `driver:7`
/// @param sequence the last received event
/// @param subscribesToOrders whether its clients subscribed to an order: then they are subscribed to the active ones
///     again
public record ClientCheckpoint(
        String user, String dialect, long sequence, boolean subscribesToOrders, Instant savedAt) {}
