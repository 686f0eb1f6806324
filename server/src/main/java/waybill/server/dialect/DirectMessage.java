package waybill.server.dialect;

/// What is said to one socket alone: to the one that it answers.
///
/// @param json what is said, as JSON text
public record DirectMessage(String event, String json) {}
