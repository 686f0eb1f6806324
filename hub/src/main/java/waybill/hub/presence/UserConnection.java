package waybill.hub.presence;

import java.time.Instant;

/// A socket of an authenticated user.
///
/// @param transport the one in use now, as Engine.IO names it
public record UserConnection(String socketId, String namespace, String transport, Instant connectedAt) {}
