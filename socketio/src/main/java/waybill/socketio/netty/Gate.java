package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands behind the HTTP codec of a connection, takes the requests for its path and lets all others through.
///
/// On a pipelined connection every answer waits for its turn: one of ours until those behind the gate have given
/// their earlier ones; a request for them is held back, with all that follow it, while an earlier one of ours is
/// unanswered. A connection that goes without a whole request for too long is closed. Belongs to its channel's event
/// loop.
final class Gate extends ChannelDuplexHandler {

    /// Requests that may await their answers on one connection; a client that pipelines more is cut off.
    private static final int TURNS_MAX = 64;

    private static final int READ_MAX = 4096;

    /// Parts of requests that may be held back on one connection; reading stops with the first of them.
    private static final int HELD_MAX = 256;

    /// How much is read at once. One for all: what a connection would remember to guess better is more than it is
    /// worth.
    private static final RecvByteBufAllocator READS = new FixedRecvByteBufAllocator(READ_MAX);

    private final EngineServer server;
    private final Requests requests;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>(2);
    private final ArrayDeque<Object> held = new ArrayDeque<>(0);
    private @Nullable Exchange reading;
    private @Nullable CompositeByteBuf body;
    private boolean passing; // the request being read is for the handlers behind
    private boolean informational; // so is the response being written, and another will follow
    private boolean leaving; // the connection becomes a WebSocket
    private long quietSinceMs;
    private @Nullable ScheduledFuture<?> patience;

    Gate(EngineServer server) {
        this.server = server;
        this.requests = new Requests(server);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setRecvByteBufAllocator(READS);
        quietSinceMs = EngineServer.nowMs(ctx.executor());
        watch(ctx, server.config().requestTimeout().toMillis());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (patience != null) {
            patience.cancel(false);
        }
        forgetAll();
    }

    private void watch(ChannelHandlerContext ctx, long delayMs) {
        patience = ctx.executor().schedule(() -> lookForSilence(ctx), delayMs, TimeUnit.MILLISECONDS);
    }

    private void lookForSilence(ChannelHandlerContext ctx) {
        long patienceMs = server.config().requestTimeout().toMillis();
        boolean clientsTurn = turns.isEmpty() || reading != null;
        long quietMs = clientsTurn ? EngineServer.nowMs(ctx.executor()) - quietSinceMs : 0;
        if (quietMs >= patienceMs) {
            ctx.close();
        } else if (ctx.channel().isActive()) {
            watch(ctx, patienceMs - quietMs);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!held.isEmpty()) {
            hold(ctx, message);
        } else {
            take(ctx, message);
        }
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (leaving) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            boolean ours = requests.isOurs(request);
            if (!ours && turns.stream().anyMatch(Exchange.class::isInstance)) {
                hold(ctx, message);
                return;
            }
            begin(ctx, request, ours);
        }
        if (passing) {
            passing = !(message instanceof LastHttpContent);
            ctx.fireChannelRead(message);
        } else if (message instanceof HttpContent content) {
            read(ctx, content);
        } else if (!(message instanceof HttpRequest)) {
            ctx.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request, boolean ours) {
        passing = !ours;
        if (turns.size() >= TURNS_MAX) {
            ctx.close();
            return;
        }
        if (!ours) {
            turns.add(new Turn.Theirs());
            return;
        }
        var exchange = new Exchange(this, ctx, request, server.config().origins());
        turns.add(exchange);
        if (request.decoderResult().isFailure()) {
            exchange.refuse(Refusal.BAD_REQUEST);
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        reading = exchange;
        quietSinceMs = EngineServer.nowMs(ctx.executor());
        body = ctx.alloc().compositeBuffer();
    }

    private void read(ChannelHandlerContext ctx, HttpContent content) {
        var exchange = reading;
        var whole = body;
        if (exchange == null || whole == null) { // already refused
            content.release();
            return;
        }
        if (whole.readableBytes() + content.content().readableBytes()
                > server.config().maxHttpBufferSize()) {
            content.release();
            doneReading();
            exchange.answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "text/plain", "");
            return;
        }
        whole.addComponent(true, content.content());
        if (content instanceof LastHttpContent) {
            quietSinceMs = EngineServer.nowMs(ctx.executor());
            var payload = whole.retain();
            doneReading();
            try {
                requests.handle(exchange, payload);
            } finally {
                payload.release();
            }
        }
    }

    private void doneReading() {
        ByteBuf read = body;
        if (read != null) {
            read.release();
        }
        body = null;
        reading = null;
    }

    private void hold(ChannelHandlerContext ctx, Object message) {
        ctx.channel().config().setAutoRead(false);
        if (held.size() >= HELD_MAX) {
            ReferenceCountUtil.release(message);
            ctx.close();
            return;
        }
        held.add(message);
    }

    /// Sends what answers there are, up to the first that is still awaited.
    void answerInTurn(ChannelHandlerContext ctx) {
        while (turns.peek() instanceof Exchange exchange) {
            var response = exchange.response();
            if (response == null) {
                return;
            }
            turns.remove();
            boolean last =
                    !exchange.isKeepAlive() || response.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            var written = ctx.writeAndFlush(response);
            if (last) {
                written.addListener(ChannelFutureListener.CLOSE);
                return;
            }
        }
        quietSinceMs = EngineServer.nowMs(ctx.executor());
        takeHeld(ctx);
    }

    private void takeHeld(ChannelHandlerContext ctx) {
        while (!held.isEmpty()) {
            var message = held.remove();
            int waiting = held.size();
            take(ctx, message);
            if (held.size() > waiting) { // it went back, behind the others: put it in front again
                held.addFirst(held.removeLast());
                return;
            }
        }
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        }
        ctx.write(message, promise);
        if (message instanceof LastHttpContent && !informational && turns.peek() instanceof Turn.Theirs) {
            turns.remove();
            answerInTurn(ctx);
        }
    }

    /// Whether no other answer is owed on this connection.
    boolean isAlone(Exchange exchange) {
        return turns.size() == 1 && turns.peek() == exchange;
    }

    /// Takes the connection out of HTTP's hands: its next bytes are frames.
    void leave(ChannelHandlerContext ctx) {
        leaving = true;
        turns.clear();
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        for (var turn : turns) {
            if (turn instanceof Exchange exchange) {
                exchange.abandon();
            }
        }
        forgetAll();
        ctx.fireChannelInactive();
    }

    private void forgetAll() {
        for (var turn : turns) {
            if (turn instanceof Exchange exchange && exchange.response() != null) {
                ReferenceCountUtil.release(exchange.response());
            }
        }
        turns.clear();
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        doneReading();
    }
}
