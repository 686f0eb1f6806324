package waybill.directory;

/// The response to an idempotent request, stored so that a repeated request gets the same response and is executed
/// once.
///
/// @param fingerprint distinguishes a repeated request from another one with the same key
/// @param status the HTTP status
public record StoredResponse(String fingerprint, int status, String body) {}
