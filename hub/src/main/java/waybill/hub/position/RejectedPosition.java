package waybill.hub.position;

/// Why one position of a list was not accepted; the others are.
///
/// @param index its place in the list, from 0
/// @param message begins with the field and says what it was and what was expected
public record RejectedPosition(int index, String field, String message) {}
