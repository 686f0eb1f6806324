package waybill.server.dialect;

/// A message to one socket.
///
/// @param json the payload, as JSON text
public record DirectMessage(String event, String json) {}
