package waybill.socketio.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands behind the HTTP codec of a connection, takes the requests for its path and lets all others through.
///
/// On a pipelined connection every answer waits for its turn: one of ours until those behind the gate have given
/// their earlier ones; a request for them is held back, with all that follow it, while an earlier one of ours is
/// unanswered. A client that does not read its answers gets no more of them, and is not read from. A connection whose
/// client is too slow is closed ([HttpTimeouts]). Belongs to its channel's event loop.
final class Gate extends ChannelDuplexHandler implements HttpTimeouts.Turns {

    /// Requests that may await their answers on one connection; a client that pipelines more is cut off.
    private static final int TURNS_MAX = 64;

    private static final int READ_MAX = 4096;

    /// Parts of requests that may be held back on one connection; reading stops with the first of them.
    private static final int HELD_MAX = 256;

    /// How long a client may take to see that its connection ends.
    private static final int LINGER_MS = 2_000;

    /// How much is read at once. One for all: what a connection would remember to guess better is more than it is
    /// worth.
    private static final RecvByteBufAllocator READS = new FixedRecvByteBufAllocator(READ_MAX);

    private final EngineServer server;
    private final Requests requests;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>(2);
    private final ArrayDeque<Object> held = new ArrayDeque<>(0);
    private @Nullable HttpTimeouts timeouts;
    private @Nullable Exchange reading;
    private @Nullable RequestBody body;
    private UnjoinedMemory.@Nullable Holding passed; // bytes that the handlers behind may have gathered
    private boolean passing; // the request being read is for the handlers behind
    private boolean unreadable; // it is no HTTP request, so that the rest of it is never read
    private boolean informational; // so is the response being written, and another will follow
    private boolean leaving; // the connection becomes a WebSocket
    private boolean stopped; // reading from the client has stopped
    private boolean heard; // something whole came with the bytes that were read
    private @Nullable Denial denial; // why no request of this connection is served

    Gate(EngineServer server) {
        this.server = server;
        this.requests = new Requests(server);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setRecvByteBufAllocator(READS);
        denial = server.connected(ctx.channel());
        timeouts = new HttpTimeouts(ctx, this, server.config());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timeouts().stop();
        forgetAll();
    }

    private HttpTimeouts timeouts() {
        var present = timeouts;
        if (present == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return present;
    }

    @Override
    public boolean isRequestComing() {
        return reading != null || passing;
    }

    @Override
    public boolean isAnswerOwed() {
        return !turns.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = true;
        if (!held.isEmpty()) {
            hold(ctx, message);
        } else {
            take(ctx, message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!heard && !leaving && !isRequestComing()) {
            timeouts().headBegan();
        }
        heard = false;
        ctx.fireChannelReadComplete();
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
            pass(ctx, message);
        } else if (message instanceof HttpContent content) {
            read(content);
        } else if (!(message instanceof HttpRequest)) {
            ctx.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request, boolean ours) {
        passing = false;
        timeouts().requestBegan();
        if (turns.size() >= TURNS_MAX) {
            ctx.close();
            return;
        }
        if (!ours && denial == null) {
            passing = true;
            unreadable = request.decoderResult().isFailure();
            turns.add(new Turn.Theirs());
            return;
        }
        var exchange = new Exchange(this, ctx, request, server);
        turns.add(exchange);
        var denied = denial;
        if (denied != null) {
            exchange.close(denied);
            return;
        }
        if (request.decoderResult().isFailure()) {
            exchange.refuseMalformed(request.decoderResult());
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        reading = exchange;
        body = requests.body(exchange);
    }

    /// Lets a part of a request through, and counts what its handlers may keep of it until they answer.
    private void pass(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent content && content.content().isReadable()) {
            var holding = passed;
            if (holding == null) {
                holding = server.memory().holding();
                passed = holding;
            }
            if (!holding.grow(content.content().readableBytes())) {
                content.release();
                server.report(Denial.MEMORY.error(server.addressOf(ctx.channel())));
                ctx.close();
                return;
            }
        }
        passing = !(message instanceof LastHttpContent);
        ctx.fireChannelRead(message);
    }

    private void read(HttpContent content) {
        var exchange = reading;
        var whole = body;
        if (exchange == null || whole == null) { // already refused
            content.release();
            return;
        }
        RequestBody.Added added;
        try {
            if (content.decoderResult().isFailure()) {
                doneReading();
                exchange.refuseMalformed(content.decoderResult());
                return;
            }
            added = whole.add(content.content());
        } finally {
            content.release();
        }
        switch (added) {
            case TOO_LARGE -> {
                doneReading();
                exchange.close(Denial.BODY_TOO_LARGE);
            }
            case NO_MEMORY -> {
                doneReading();
                exchange.close(Denial.MEMORY);
            }
            case TAKEN -> {
                if (content instanceof LastHttpContent) {
                    whole(exchange, whole);
                }
            }
        }
    }

    private void whole(Exchange exchange, RequestBody whole) {
        reading = null;
        body = null;
        try {
            requests.handle(exchange, whole.bytes());
        } finally {
            whole.release();
        }
    }

    private void doneReading() {
        if (body != null) {
            body.release();
        }
        body = null;
        reading = null;
    }

    private void hold(ChannelHandlerContext ctx, Object message) {
        stop(ctx);
        if (held.size() >= HELD_MAX) {
            ReferenceCountUtil.release(message);
            ctx.close();
            return;
        }
        held.add(message);
    }

    private void stop(ChannelHandlerContext ctx) {
        stopped = true;
        ctx.channel().config().setAutoRead(false);
    }

    /// Reads again, if nothing speaks against it.
    private void goOn(ChannelHandlerContext ctx) {
        if (stopped && held.isEmpty() && ctx.channel().isWritable()) {
            stopped = false;
            ctx.channel().config().setAutoRead(true);
        }
    }

    /// Sends what answers there are, up to the first that is still awaited, and as long as the client reads them.
    void answerInTurn(ChannelHandlerContext ctx) {
        while (turns.peek() instanceof Exchange exchange) {
            var response = exchange.response();
            if (response == null || !ctx.channel().isWritable()) {
                return;
            }
            turns.remove();
            var written = ctx.writeAndFlush(response);
            if (exchange.isLast()) {
                leaving = true;
                written.addListener(_ -> end(ctx, exchange));
                return;
            }
            timeouts().answered();
        }
        takeHeld(ctx);
    }

    /// Closes the connection behind its last answer. Where the rest of a request was not read, the client is read from
    /// for a moment, or the network would throw the answer away with what it was not asked for.
    private static void end(ChannelHandlerContext ctx, Exchange exchange) {
        if (exchange.isUnread()) {
            closeLate(ctx, ctx.newPromise());
        } else {
            ctx.close();
        }
    }

    private static void closeLate(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (ctx.channel() instanceof DuplexChannel channel && channel.isActive()) {
            channel.config().setAutoRead(true);
            channel.shutdownOutput();
            ctx.executor().schedule(() -> ctx.close(promise), LINGER_MS, TimeUnit.MILLISECONDS);
        } else {
            ctx.close(promise);
        }
    }

    /// The handlers behind close the connection behind their answer to what is no request.
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (unreadable) {
            unreadable = false;
            closeLate(ctx, promise);
        } else {
            ctx.close(promise);
        }
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
        goOn(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        timeouts().writabilityChanged();
        if (ctx.channel().isWritable()) {
            answerInTurn(ctx);
            goOn(ctx);
        } else {
            stop(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            if (!informational && !response.headers().contains(HttpHeaderNames.CONNECTION)) {
                response.headers().set(Exchange.KEEP_ALIVE, server.keepAlive());
            }
        }
        ctx.write(message, promise);
        if (message instanceof LastHttpContent && !informational && turns.peek() instanceof Turn.Theirs) {
            turns.remove();
            if (passed != null && !passing) {
                passed.release();
            }
            timeouts().answered();
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

    /// A frame that breaks the protocol right behind its handshake finds the gate still here.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (leaving) {
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
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
        if (passed != null) {
            passed.release();
        }
    }
}
