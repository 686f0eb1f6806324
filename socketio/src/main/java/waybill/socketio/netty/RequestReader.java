package waybill.socketio.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// The request that one HTTP connection is receiving: its body is gathered for the engine, or its parts are
/// forwarded to the handlers behind. Belongs to the connection's event loop.
final class RequestReader {

    private final EngineServer server;
    private @Nullable HttpExchange reading;
    private @Nullable RequestBody body;
    private UnjoinedMemory.@Nullable MemoryReservation forwarded; // bytes that the handlers behind may have gathered
    private boolean forwarding; // the request being received is for the handlers behind

    RequestReader(EngineServer server) {
        this.server = server;
    }

    boolean isReceiving() {
        return reading != null || forwarding;
    }

    boolean isForwarding() {
        return forwarding;
    }

    void setForwarding(boolean value) {
        forwarding = value;
    }

    /// Begins to gather the body of a request to the engine.
    void start(HttpExchange exchange) {
        reading = exchange;
        body = server.requestHandler().body(exchange);
    }

    /// Lets a part of a request through, and counts what its handlers may keep of it until they answer.
    void forward(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent content && content.content().isReadable()) {
            var reservation = forwarded;
            if (reservation == null) {
                reservation = server.unjoinedMemory().newReservation();
                forwarded = reservation;
            }
            if (!reservation.grow(content.content().readableBytes())) {
                content.release();
                server.reportError(LimitRejection.MEMORY.error(server.addressOf(ctx.channel())));
                ctx.close();
                return;
            }
        }
        forwarding = !(message instanceof LastHttpContent);
        ctx.fireChannelRead(message);
    }

    /// The handlers behind keep so many bytes less.
    void onForwardedConsumed(int bytes) {
        if (forwarded != null) {
            forwarded.shrink(bytes);
        }
    }

    /// The handlers behind have answered a request.
    void onForwardedResponse() {
        if (!forwarding) {
            releaseForwarded();
        }
    }

    void read(HttpContent content) {
        var exchange = reading;
        var whole = body;
        if (exchange == null || whole == null) { // already rejected
            content.release();
            return;
        }
        RequestBody.AddResult added;
        try {
            if (content.decoderResult().isFailure()) {
                releaseBody();
                exchange.rejectMalformed(content.decoderResult());
                return;
            }
            added = whole.add(content.content());
        } finally {
            content.release();
        }
        switch (added) {
            case TOO_LARGE -> {
                releaseBody();
                exchange.rejectAndClose(LimitRejection.BODY_TOO_LARGE);
            }
            case NO_MEMORY -> {
                releaseBody();
                exchange.rejectAndClose(LimitRejection.MEMORY);
            }
            case ADDED -> {
                if (content instanceof LastHttpContent) {
                    onRequestComplete(exchange, whole);
                }
            }
        }
    }

    private void onRequestComplete(HttpExchange exchange, RequestBody whole) {
        reading = null;
        body = null;
        try {
            server.requestHandler().handle(exchange, whole.bytes());
        } finally {
            whole.release();
        }
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
        }
        body = null;
        reading = null;
    }

    private void releaseForwarded() {
        if (forwarded != null) {
            forwarded.release();
        }
    }

    void release() {
        releaseBody();
        releaseForwarded();
    }
}
