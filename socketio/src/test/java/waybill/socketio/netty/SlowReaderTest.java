package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.engine.CloseReason;

/// Clients that do not read what they are sent, with the network and the clock left out.
class SlowReaderTest {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final String HANDSHAKE = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: a\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private final EngineServer server = new EngineServer(
            EngineSettings.defaults().withRequestTimeout(REQUEST_TIMEOUT), _ -> new IgnoringListener());
    private final EmbeddedChannel channel = new EmbeddedChannel();

    private record IgnoringListener() implements EngineListener.MessageListener {

        @Override
        public void onText(String text) {}

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onClosed(CloseReason reason) {}
    }

    @BeforeEach
    void begin() {
        channel.freezeTime();
        channel.pipeline().addLast(new HttpServerCodec(), new EngineHttpHandler(server), new NotFoundHandler());
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private void receive(String latin) {
        receive(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void receive(byte... bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    private void clientReads(boolean reads) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, reads);
        channel.runPendingTasks();
    }

    private String takeSent() {
        var all = new StringBuilder();
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf bytes) {
                all.append(bytes.toString(StandardCharsets.ISO_8859_1));
            }
            ReferenceCountUtil.release(out);
        }
        return all.toString();
    }

    private void advance(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aSlowReaderHasOnePendingPong() {
        receive(HANDSHAKE);
        assertThat(takeSent()).startsWith("HTTP/1.1 101").contains("0{");
        clientReads(false);
        for (byte n = 1; n <= 100; n++) {
            receive((byte) 0x89, (byte) 0x81, (byte) 0, (byte) 0, (byte) 0, (byte) 0, n);
        }
        assertThat(takeSent()).isEmpty();
        clientReads(true);
        assertThat(takeSent()).isEqualTo("\u008a\u0001d"); // a pong with the hundredth ping's data
        receive((byte) 0x89, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        assertThat(takeSent()).isEqualTo("\u008a\u0000");
    }

    @Test
    void readingPausesWhileResponsesAreUnread() {
        clientReads(false);
        receive("GET /socket.io HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
        assertThat(takeSent()).isEmpty();
        assertThat(channel.config().isAutoRead()).isFalse();
        clientReads(true);
        assertThat(takeSent().split("HTTP/1.1 400", -1)).hasSize(4);
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aPipeliningClientThatReadsNoResponsesIsDisconnected() {
        clientReads(false);
        receive("GET /socket.io HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aClientThatStopsReadingTimesOut() {
        receive("GET /socket.io HTTP/1.1\r\nHost: a\r\n\r\n");
        clientReads(false);
        advance(REQUEST_TIMEOUT.minusSeconds(1));
        assertThat(channel.isActive()).isTrue();
        advance(REQUEST_TIMEOUT);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void theKeepAliveTimeoutExceedsTheRequestTimeout() {
        receive("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
        advance(Duration.ofSeconds(74));
        assertThat(channel.isActive()).isTrue();
        receive("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(takeSent()).contains("404 Not Found\r\n").contains("keep-alive: timeout=75");
        advance(Duration.ofSeconds(60));
        assertThat(channel.isActive()).isTrue();
        advance(Duration.ofSeconds(16));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aConnectionWithoutARequestTimesOutSooner() {
        advance(REQUEST_TIMEOUT);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aForwardedBodyHasTheSameTimeout() {
        receive("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
        for (int second = 0; second < 29; second++) {
            receive("x");
            advance(Duration.ofSeconds(1));
        }
        assertThat(channel.isActive()).isTrue();
        receive("x");
        advance(Duration.ofSeconds(1));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aTricklingHeadHasTheRequestTimeout() {
        receive("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
        advance(Duration.ofSeconds(10));
        receive("GET /ot");
        advance(Duration.ofSeconds(20));
        receive("her");
        assertThat(channel.isActive()).isTrue();
        advance(Duration.ofSeconds(10));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void whatTheHandlersBehindDoNotKeepDoesNotCount() {
        receive("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
        EngineServer.onBodyConsumed(channel.pipeline(), 3);
        assertThat(server.unjoinedMemory().bytes()).isEqualTo(2);
        EngineServer.onBodyConsumed(channel.pipeline(), 3);
        assertThat(server.unjoinedMemory().bytes()).isZero();
        receive("67890");
        assertThat(server.unjoinedMemory().bytes()).isZero();
    }

    @Test
    void forwardedBodiesCountUntilTheResponse() {
        receive("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
        assertThat(server.unjoinedMemory().bytes()).isEqualTo(5);
        receive("67890");
        assertThat(server.unjoinedMemory().bytes()).isZero();
    }
}
