package waybill.socketio.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Handles the requests for the engine's path, behind the HTTP codec of a connection, and forwards all others.
///
/// On a pipelined connection responses are written in the order of the requests: one of the engine waits until
/// the handlers behind have written their earlier ones; a request for them is held back, with all that follow it,
/// while an earlier one of the engine is pending. A client that does not read its responses gets no more of them,
/// and is not read from. A connection whose client is too slow is closed ([HttpTimeouts]). Belongs to its
/// channel's event loop.
final class EngineHttpHandler extends ChannelDuplexHandler implements HttpTimeouts.RequestState {

    /// Requests that may be pending on one connection; that of a client that pipelines more is closed.
    private static final int PIPELINED_MAX = 64;

    /// Parts of requests that may be held back on one connection; reading stops with the first of them.
    private static final int HELD_PARTS_MAX = 256;

    private final EngineServer server;
    private final RequestReader reader;
    private final ArrayDeque<PipelinedRequest> pending = new ArrayDeque<>(2);
    private final ArrayDeque<Object> heldParts = new ArrayDeque<>(0);
    private @Nullable HttpTimeouts timeouts;
    private boolean unreadable; // the request is malformed, so that the rest is never read
    private boolean informational; // the response being written is 1xx, and another will follow
    private boolean leaving; // the connection becomes a WebSocket
    private boolean stopped; // reading from the client has stopped
    private boolean receivedAny; // the bytes that were read completed something
    private @Nullable LimitRejection denial; // why no request of this connection is served

    EngineHttpHandler(EngineServer server) {
        this.server = server;
        this.reader = new RequestReader(server);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setRecvByteBufAllocator(EnginePipeline.READS);
        denial = server.admission().admitConnection(ctx.channel());
        timeouts = new HttpTimeouts(ctx, this, server.config());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timeouts().stop();
        releaseAll();
    }

    private HttpTimeouts timeouts() {
        var present = timeouts;
        if (present == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return present;
    }

    @Override
    public boolean isReceivingRequest() {
        return reader.isReceiving();
    }

    @Override
    public boolean hasPendingResponse() {
        return !pending.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        receivedAny = true;
        if (!heldParts.isEmpty()) {
            holdBack(ctx, message);
        } else {
            handle(ctx, message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!receivedAny && !leaving && !isReceivingRequest()) {
            timeouts().onHeadStarted();
        }
        receivedAny = false;
        ctx.fireChannelReadComplete();
    }

    private void handle(ChannelHandlerContext ctx, Object message) {
        if (leaving) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            boolean ours = server.requestHandler().matches(request);
            if (!ours && pending.stream().anyMatch(HttpExchange.class::isInstance)) {
                holdBack(ctx, message);
                return;
            }
            startRequest(ctx, request, ours);
        }
        if (reader.isForwarding()) {
            reader.forward(ctx, message);
        } else if (message instanceof HttpContent content) {
            reader.read(content);
        } else if (!(message instanceof HttpRequest)) {
            ctx.fireChannelRead(message);
        }
    }

    private void startRequest(ChannelHandlerContext ctx, HttpRequest request, boolean ours) {
        reader.setForwarding(false);
        timeouts().onRequestStarted();
        if (pending.size() >= PIPELINED_MAX) {
            ctx.close();
            return;
        }
        if (!ours && denial == null) {
            reader.setForwarding(true);
            unreadable = request.decoderResult().isFailure();
            pending.add(new PipelinedRequest.ForwardedRequest());
            return;
        }
        var exchange = new HttpExchange(this, ctx, request, server);
        pending.add(exchange);
        var denied = denial;
        if (denied != null) {
            exchange.rejectAndClose(denied);
            return;
        }
        if (request.decoderResult().isFailure()) {
            exchange.rejectMalformed(request.decoderResult());
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        reader.start(exchange);
    }

    private void holdBack(ChannelHandlerContext ctx, Object message) {
        pauseReading(ctx);
        if (heldParts.size() >= HELD_PARTS_MAX) {
            ReferenceCountUtil.release(message);
            ctx.close();
            return;
        }
        heldParts.add(message);
    }

    private void pauseReading(ChannelHandlerContext ctx) {
        stopped = true;
        ctx.channel().config().setAutoRead(false);
    }

    /// Reads again, if nothing is held back and the client reads.
    private void resumeReading(ChannelHandlerContext ctx) {
        if (stopped && heldParts.isEmpty() && ctx.channel().isWritable()) {
            stopped = false;
            ctx.channel().config().setAutoRead(true);
        }
    }

    /// Writes the responses that are ready, up to the first pending one, and as long as the client reads them.
    void writeResponsesInOrder(ChannelHandlerContext ctx) {
        while (pending.peek() instanceof HttpExchange exchange) {
            var response = exchange.response();
            if (response == null || !ctx.channel().isWritable()) {
                return;
            }
            pending.remove();
            var written = ctx.writeAndFlush(response);
            if (exchange.closesConnection()) {
                leaving = true;
                written.addListener(_ -> LingeringClose.closeAfter(exchange));
                return;
            }
            timeouts().onResponded();
        }
        handleHeld(ctx);
    }

    /// The handlers behind close the connection after their response to a malformed request.
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (unreadable) {
            unreadable = false;
            LingeringClose.close(ctx, promise);
        } else {
            ctx.close(promise);
        }
    }

    private void handleHeld(ChannelHandlerContext ctx) {
        while (!heldParts.isEmpty()) {
            var message = heldParts.remove();
            int waiting = heldParts.size();
            handle(ctx, message);
            if (heldParts.size() > waiting) { // it was held back again, behind the others: move it to the front
                heldParts.addFirst(heldParts.removeLast());
                return;
            }
        }
        resumeReading(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        timeouts().onWritabilityChanged();
        if (ctx.channel().isWritable()) {
            writeResponsesInOrder(ctx);
            resumeReading(ctx);
        } else {
            pauseReading(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            if (!informational && !response.headers().contains(HttpHeaderNames.CONNECTION)) {
                response.headers().set(HttpExchange.KEEP_ALIVE, server.keepAliveHeader());
            }
        }
        ctx.write(message, promise);
        if (message instanceof LastHttpContent
                && !informational
                && pending.peek() instanceof PipelinedRequest.ForwardedRequest) {
            pending.remove();
            reader.onForwardedResponse();
            timeouts().onResponded();
            writeResponsesInOrder(ctx);
        }
    }

    void onBodyConsumed(int bytes) {
        reader.onForwardedConsumed(bytes);
    }

    /// Whether no other response is pending on this connection.
    boolean isOnlyPending(HttpExchange exchange) {
        return pending.size() == 1 && pending.peek() == exchange;
    }

    /// Ends HTTP on the connection: its next bytes are frames.
    void detach(ChannelHandlerContext ctx) {
        leaving = true;
        pending.clear();
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        for (var request : pending) {
            if (request instanceof HttpExchange exchange) {
                exchange.onConnectionLost();
            }
        }
        releaseAll();
        ctx.fireChannelInactive();
    }

    /// A malformed frame right behind its handshake arrives while this handler is still in the pipeline.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (leaving) {
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void releaseAll() {
        for (var request : pending) {
            if (request instanceof HttpExchange exchange && exchange.response() != null) {
                ReferenceCountUtil.release(exchange.response());
            }
        }
        pending.clear();
        heldParts.forEach(ReferenceCountUtil::release);
        heldParts.clear();
        reader.release();
    }
}
