package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client without a token can make the hub hold over its own port, with the settings that it has by default.
class UnjoinedSocketTest {

    private static final long PATIENCE_S = 60;
    private static final int PROTOCOL_ERROR = 1002;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        hub = Hub.start(Config.defaults(data).withPorts(List.of(0)));
    }

    @AfterEach
    void stop() {
        http.close();
        hub.close();
    }

    private Line connect() throws Exception {
        return new Line(http, hub.addresses().getFirst());
    }

    @Test
    void attachmentsAreRefusedBeforeANamespaceIsJoined() throws Exception {
        var line = connect();
        line.say("4510-[\"x\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void aPacketIsAsLargeAsAMessageAtMostTogetherWithItsAttachments() throws Exception {
        var line = connect();
        line.say("40/caps,");
        assertThat(line.next()).startsWith("40/caps,{\"sid\":");
        line.say("4510-/caps,[\"x\",{\"_placeholder\":true,\"num\":0}]");
        line.say(new byte[990_000]);
        line.say(new byte[990_000]);
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void namespacesThatDoNotExistAreAskedForAHundredTimesAtMost() throws Exception {
        var line = connect();
        for (int i = 0; i < 100; i++) {
            line.say("40/made-up-" + i + ",");
            assertThat(line.next()).isEqualTo("44/made-up-" + i + ",{\"message\":\"Invalid namespace\"}");
        }
        line.say("40/made-up,");
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void authThatNestsTooDeepIsAParseError() throws Exception {
        for (int depth : new int[] {128, 129}) {
            for (var namespace : List.of("/caps", "/realtime")) {
                var line = connect();
                line.say("40" + namespace + "," + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
                assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
            }
        }
    }

    @Test
    void whatIsNoPacketClosesTheConnection() throws Exception {
        for (var text : List.of("4NaN", "49", "450-[\"x\"]", "42{}")) {
            var line = connect();
            line.say(text);
            assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
        }
    }

    /// A WebSocket without a Socket.IO client.
    private static final class Line implements WebSocket.Listener {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        Line(HttpClient http, InetSocketAddress address) throws Exception {
            var uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/socket.io/?EIO=4&transport=websocket");
            socket = http.newWebSocketBuilder().buildAsync(uri, this).get(PATIENCE_S, TimeUnit.SECONDS);
            assertThat(next()).startsWith("0{\"sid\":");
        }

        void say(String message) throws Exception {
            socket.sendText(message, true).get(PATIENCE_S, TimeUnit.SECONDS);
        }

        void say(byte[] message) throws Exception {
            socket.sendBinary(ByteBuffer.wrap(message), true).get(PATIENCE_S, TimeUnit.SECONDS);
        }

        @Nullable
        String next() throws InterruptedException {
            return heard.poll(PATIENCE_S, TimeUnit.SECONDS);
        }

        int closed() throws Exception {
            return closed.get(PATIENCE_S, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
