package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.engine.CloseReason;

/// What waits for all slow clients together.
class OutboxMemoryTest {

    private static final String HANDSHAKE = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: a\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private final List<String> disconnected = new ArrayList<>();
    private final OutboxMemory memory = new OutboxMemory(100);
    private final List<EngineSocket> opened = new ArrayList<>();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final EngineServer server =
            new EngineServer(EngineSettings.defaults().withOutboxMemory(10_000), socket -> {
                opened.add(socket);
                return new IgnoringListener();
            });

    private record IgnoringListener() implements EngineListener.MessageListener {

        @Override
        public void onText(String text) {}

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onClosed(CloseReason reason) {}
    }

    @AfterEach
    void end() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    private OutboxMemory.Share share(String name, long bytes) {
        var share = memory.newShare(() -> disconnected.add(name));
        share.set(bytes);
        return share;
    }

    @Test
    void theClientWithTheMostIsDisconnected() {
        share("small", 20);
        share("large", 50);
        var growing = share("growing", 25);
        assertThat(disconnected).isEmpty();
        growing.set(31);
        assertThat(disconnected).containsExactly("large");
        assertThat(memory.bytes()).isEqualTo(51);
    }

    @Test
    void aClientThatReadsAgainCountsNoMore() {
        var reads = share("reads", 90);
        reads.set(0);
        share("other", 100);
        assertThat(disconnected).isEmpty();
        assertThat(memory.bytes()).isEqualTo(100);
    }

    @Test
    void aDisconnectedClientCountsNoMoreWhateverItHolds() {
        var large = share("large", 101);
        assertThat(disconnected).containsExactly("large");
        large.set(200);
        large.set(0);
        assertThat(memory.bytes()).isZero();
        assertThat(disconnected).hasSize(1);
    }

    private EmbeddedChannel openSlowClient() {
        var channel = new EmbeddedChannel();
        channel.pipeline().addLast(new HttpServerCodec(), new EngineHttpHandler(server));
        channel.writeInbound(Unpooled.wrappedBuffer(HANDSHAKE.getBytes(StandardCharsets.ISO_8859_1)));
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.runPendingTasks();
        channels.add(channel);
        return channel;
    }

    private void send(int client, int length) {
        opened.get(client).send("4", "x".repeat(length), List.of(), FrameOptions.RELIABLE);
        channels.forEach(EmbeddedChannel::runPendingTasks);
    }

    @Test
    void theOutboxesOfAllConnectionsCountUntilTheyAreSent() {
        var first = openSlowClient();
        var second = openSlowClient();
        send(0, 6_000);
        send(1, 3_000);
        assertThat(server.outboxMemory().bytes()).isBetween(9_000L, 10_000L);
        first.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        first.runPendingTasks();
        assertThat(server.outboxMemory().bytes()).isBetween(3_000L, 4_000L);
        first.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        send(0, 5_000);
        send(1, 3_000);
        assertThat(first.isActive()).isTrue();
        assertThat(second.isActive()).isFalse();
        assertThat(server.outboxMemory().bytes()).isBetween(5_000L, 6_000L);
    }
}
