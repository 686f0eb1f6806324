package waybill.server.dialect;

/// What is said to one socket alone: to the one that it answers.
///
/// @param json what is said, as JSON text
public record Word(String event, String json) {}
