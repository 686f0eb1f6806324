package waybill.messaging;

import java.time.Instant;

/// How far the clients of one user are in one dialect: everything that concerns the user up to that event has been
/// received, as far as is known. From there a client that comes back without saying more is sent what it missed.
///
/// @param user in the form in which users are kept, `driver:7`
/// @param sequence the event's place in the log
/// @param subscribesToOrders whether its clients have asked to watch an order: then they watch its active ones again
public record ClientCheckpoint(
        String user, String dialect, long sequence, boolean subscribesToOrders, Instant savedAt) {}
