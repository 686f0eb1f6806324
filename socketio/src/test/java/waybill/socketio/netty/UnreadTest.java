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
class UnreadTest {

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

    private final EngineServer server =
            new EngineServer(EngineConfig.defaults().withRequestTimeout(REQUEST_TIMEOUT), _ -> new Silent());
    private final EmbeddedChannel channel = new EmbeddedChannel();

    private record Silent() implements EngineListener.Receiver {

        @Override
        public void text(String text) {}

        @Override
        public void binary(byte[] bytes) {}

        @Override
        public void closed(CloseReason reason) {}
    }

    @BeforeEach
    void begin() {
        channel.freezeTime();
        channel.pipeline().addLast(new HttpServerCodec(), new Gate(server), new NotFound());
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private void say(String latin) {
        say(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void say(byte... bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    private void clientReads(boolean reads) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, reads);
        channel.runPendingTasks();
    }

    private String sent() {
        var all = new StringBuilder();
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf bytes) {
                all.append(bytes.toString(StandardCharsets.ISO_8859_1));
            }
            ReferenceCountUtil.release(out);
        }
        return all.toString();
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aClientThatReadsNothingIsOwedOnePongAlone() {
        say(HANDSHAKE);
        assertThat(sent()).startsWith("HTTP/1.1 101").contains("0{");
        clientReads(false);
        for (byte n = 1; n <= 100; n++) {
            say((byte) 0x89, (byte) 0x81, (byte) 0, (byte) 0, (byte) 0, (byte) 0, n);
        }
        assertThat(sent()).isEmpty();
        clientReads(true);
        assertThat(sent()).isEqualTo("\u008a\u0001d"); // a pong with the hundredth ping's data
        say((byte) 0x89, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        assertThat(sent()).isEqualTo("\u008a\u0000");
    }

    @Test
    void aClientThatReadsNoAnswersIsNotReadFromUntilItDoes() {
        clientReads(false);
        say("GET /socket.io HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
        assertThat(sent()).isEmpty();
        assertThat(channel.config().isAutoRead()).isFalse();
        clientReads(true);
        assertThat(sent().split("HTTP/1.1 400", -1)).hasSize(4);
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aClientThatPipelinesManyRequestsAndReadsNoAnswerIsCutOff() {
        clientReads(false);
        say("GET /socket.io HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aClientThatReadsNothingForTooLongIsCutOff() {
        say("GET /socket.io HTTP/1.1\r\nHost: a\r\n\r\n");
        clientReads(false);
        pass(REQUEST_TIMEOUT.minusSeconds(1));
        assertThat(channel.isActive()).isTrue();
        pass(REQUEST_TIMEOUT);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void anIdleConnectionIsKeptLongerThanARequestIsWaitedFor() {
        say("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
        pass(Duration.ofSeconds(74));
        assertThat(channel.isActive()).isTrue();
        say("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(sent()).contains("404 Not Found\r\n").contains("keep-alive: timeout=75");
        pass(Duration.ofSeconds(60));
        assertThat(channel.isActive()).isTrue();
        pass(Duration.ofSeconds(16));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aConnectionThatNeverAsksAnythingIsClosedSooner() {
        pass(REQUEST_TIMEOUT);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aBodyForTheHandlersBehindIsWaitedForNoLongerThanOneOfOurs() {
        say("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
        for (int second = 0; second < 29; second++) {
            say("x");
            pass(Duration.ofSeconds(1));
        }
        assertThat(channel.isActive()).isTrue();
        say("x");
        pass(Duration.ofSeconds(1));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aTricklingHeadOnAKeptConnectionIsNotWaitedForAsIfItWereIdle() {
        say("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
        pass(Duration.ofSeconds(10));
        say("GET /ot");
        pass(Duration.ofSeconds(20));
        say("her");
        assertThat(channel.isActive()).isTrue();
        pass(Duration.ofSeconds(10));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void bodiesForTheHandlersBehindCountUntilTheyAreAnswered() {
        say("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
        assertThat(server.memory().bytes()).isEqualTo(5);
        say("67890");
        assertThat(server.memory().bytes()).isZero();
    }
}
