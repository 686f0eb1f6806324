package waybill.directory;

/// What a request was answered, kept so that the same request sent again is answered the same and done once.
///
/// @param fingerprint tells the same request from another one under the same key
/// @param status of HTTP
public record StoredResponse(String fingerprint, int status, String body) {}
