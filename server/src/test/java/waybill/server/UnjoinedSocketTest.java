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

    private static final long TIMEOUT_S = 60;
    private static final int PROTOCOL_ERROR = 1002;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)));
    }

    @AfterEach
    void stop() {
        http.close();
        hub.close();
    }

    private RawConnection connect() throws Exception {
        return new RawConnection(http, hub.addresses().getFirst());
    }

    @Test
    void attachmentsAreRejectedBeforeANamespaceIsJoined() throws Exception {
        var line = connect();
        line.send("4510-[\"x\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void aPacketIsAsLargeAsAMessageAtMostTogetherWithItsAttachments() throws Exception {
        var line = connect();
        line.send("40/caps,");
        assertThat(line.next()).startsWith("40/caps,{\"sid\":");
        line.send("4510-/caps,[\"x\",{\"_placeholder\":true,\"num\":0}]");
        line.send(new byte[990_000]);
        line.send(new byte[990_000]);
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void namespacesThatDoNotExistAreAskedForAHundredTimesAtMost() throws Exception {
        var line = connect();
        for (int i = 0; i < 100; i++) {
            line.send("40/made-up-" + i + ",");
            assertThat(line.next()).isEqualTo("44/made-up-" + i + ",{\"message\":\"Invalid namespace\"}");
        }
        line.send("40/made-up,");
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void authThatNestsTooDeepIsAParseError() throws Exception {
        for (int depth : new int[] {128, 129}) {
            for (var namespace : List.of("/caps", "/realtime")) {
                var line = connect();
                line.send("40" + namespace + "," + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
                assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
            }
        }
    }

    @Test
    void whatIsNoPacketClosesTheConnection() throws Exception {
        for (var text : List.of("4NaN", "49", "450-[\"x\"]", "42{}")) {
            var line = connect();
            line.send(text);
            assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
        }
    }

    /// A WebSocket without a Socket.IO client.
    private static final class RawConnection implements WebSocket.Listener {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        RawConnection(HttpClient http, InetSocketAddress address) throws Exception {
            var uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/socket.io/?EIO=4&transport=websocket");
            socket = http.newWebSocketBuilder().buildAsync(uri, this).get(TIMEOUT_S, TimeUnit.SECONDS);
            assertThat(next()).startsWith("0{\"sid\":");
        }

        void send(String message) throws Exception {
            socket.sendText(message, true).get(TIMEOUT_S, TimeUnit.SECONDS);
        }

        void send(byte[] message) throws Exception {
            socket.sendBinary(ByteBuffer.wrap(message), true).get(TIMEOUT_S, TimeUnit.SECONDS);
        }

        @Nullable
        String next() throws InterruptedException {
            return received.poll(TIMEOUT_S, TimeUnit.SECONDS);
        }

        int closed() throws Exception {
            return closed.get(TIMEOUT_S, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(text.toString());
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
