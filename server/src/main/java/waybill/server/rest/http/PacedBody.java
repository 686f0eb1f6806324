package waybill.server.rest.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/// Writes a body piece by piece, as the client reads it, so that the network layer holds little of it for a client that
/// does not. Belongs to the event loop of its connection.
public final class PacedBody {

    private static final int PIECE_BYTES = 64 << 10;

    private final HttpServerResponse response;
    private final Buffer body;
    private int written;

    private PacedBody(HttpServerResponse response, Buffer body) {
        this.response = response;
        this.body = body;
    }

    /// Ends a response with a body. Its headers are those that were put before, and the length.
    public static void end(HttpServerResponse response, Buffer body) {
        response.putHeader("content-length", String.valueOf(body.length()));
        new PacedBody(response, body).write();
    }

    private void write() {
        while (!response.closed()) {
            var end = Math.min(body.length(), written + PIECE_BYTES);
            var piece = body.slice(written, end);
            written = end;
            if (end == body.length()) {
                response.end(piece);
                return;
            }
            response.write(piece);
            if (response.writeQueueFull()) {
                response.drainHandler(_ -> write());
                return;
            }
        }
    }
}
