package waybill.server.rest.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// A response that is ready to be sent.
sealed interface Outgoing {

    void send(RoutingContext ctx);

    /// A response and its body as it is sent: what is large is not encoded on the event loop.
    record Whole(ApiResponse response, Buffer body) implements Outgoing {

        @Override
        public void send(RoutingContext ctx) {
            response.send(ctx, body);
        }
    }

    record Streamed(Consumer<RoutingContext> writing) implements Outgoing {

        @Override
        public void send(RoutingContext ctx) {
            RequestDurations.skip(ctx);
            writing.accept(ctx);
        }
    }

    static Whole of(ApiResponse response) {
        return new Whole(response, response.encodedBody());
    }

    /// With a body that is produced while it is sent.
    record Download(StreamedResponse response, Executor executor, MemoryLimit.Lease lease) implements Outgoing {

        @Override
        public void send(RoutingContext ctx) {
            StreamedBody.send(ctx, response, executor, lease::release);
        }
    }
}
