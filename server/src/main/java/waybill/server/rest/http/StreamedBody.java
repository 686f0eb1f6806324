package waybill.server.rest.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a body piece by piece: the next one is produced when the client has read most of the last one, on another
/// thread than the event loop. No thread waits for the client. Belongs to the event loop of its connection.
final class StreamedBody {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedBody.class);

    private final HttpServerResponse response;
    private final BodySource source;
    private final Executor executor;
    private final Context loop;
    private final Runnable onEnd;
    private boolean isEnded;

    private StreamedBody(RoutingContext ctx, BodySource source, Executor executor, Runnable onEnd) {
        response = ctx.response();
        this.source = source;
        this.executor = executor;
        this.loop = ctx.vertx().getOrCreateContext();
        this.onEnd = onEnd;
    }

    /// Sends a response. `onEnd` runs once: at its end, or when the client is gone.
    static void send(RoutingContext ctx, StreamedResponse streamed, Executor executor, Runnable onEnd) {
        var body = new StreamedBody(ctx, streamed.source(), executor, onEnd);
        var response = ctx.response();
        if (response.closed()) {
            body.end();
            return;
        }
        response.setStatusCode(streamed.status()).putHeader("cache-control", "no-store");
        if (!streamed.contentType().isEmpty()) {
            response.putHeader("content-type", streamed.contentType());
        }
        streamed.headers().forEach(response::putHeader);
        if (streamed.length() > 0) {
            response.putHeader("content-length", Long.toString(streamed.length()));
        } else if (streamed.length() < 0) {
            response.setChunked(true);
        }
        response.closeHandler(_ -> body.end());
        body.produce();
    }

    private void produce() {
        try {
            executor.execute(() -> {
                try {
                    var piece = source.next();
                    loop.runOnContext(_ -> write(piece));
                } catch (IOException | RuntimeException e) {
                    loop.runOnContext(_ -> fail(e));
                }
            });
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    private void write(byte[] piece) {
        if (isEnded) {
            return;
        }
        if (piece.length == 0) {
            end();
            response.end();
            return;
        }
        response.write(Buffer.buffer(piece));
        if (response.writeQueueFull()) {
            response.drainHandler(_ -> produce());
        } else {
            produce();
        }
    }

    /// The head is sent already, so closing the connection is how the client learns of it.
    private void fail(Exception cause) {
        LOG.warn("a response was cut off: {}", cause.getMessage());
        end();
        response.reset();
    }

    private void end() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        onEnd.run();
        try {
            executor.execute(this::closeSource);
        } catch (RejectedExecutionException _) {
            closeSource(); // rather on this thread than not at all
        }
    }

    private void closeSource() {
        try {
            source.close();
        } catch (IOException e) {
            LOG.warn("a file could not be closed: {}", e.getMessage());
        }
    }
}
