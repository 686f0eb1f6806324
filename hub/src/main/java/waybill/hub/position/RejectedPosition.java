package waybill.hub.position;

/// Why one position of a batch was rejected. The others are accepted.
///
/// @param index its index in the batch, from 0
/// @param message names the field, its value and what was expected
public record RejectedPosition(int index, String field, String message) {}
