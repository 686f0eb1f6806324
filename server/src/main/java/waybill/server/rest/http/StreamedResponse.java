package waybill.server.rest.http;

import java.util.Map;

/// A response whose body is not held in memory.
///
/// @param length the bytes of the body; negative if they are not known before
/// @param headers besides its type and its length
public record StreamedResponse(
        int status, String contentType, long length, Map<String, String> headers, BodySource source) {

    public static final long UNKNOWN_LENGTH = -1;

    public StreamedResponse {
        headers = Map.copyOf(headers);
    }

    /// A response without a body.
    public static StreamedResponse empty(int status, Map<String, String> headers) {
        return new StreamedResponse(status, "", 0, headers, new Nothing());
    }

    private static final class Nothing implements BodySource {

        @Override
        public byte[] next() {
            return new byte[0];
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
