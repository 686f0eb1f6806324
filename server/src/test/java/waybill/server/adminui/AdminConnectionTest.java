package waybill.server.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// What becomes of changes for a page that reads nothing for a while.
class AdminConnectionTest {

    /// More than the buffers of the network take.
    private static final List<Map<String, @Nullable Object>> LARGE =
            Collections.nCopies(2_000, Map.of("id", "x".repeat(4_000)));

    private final SocketServer server = new SocketServer(Config.defaults());
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Socket> connected = new CompletableFuture<>();
    private final Page page = new Page();
    private final WebSocket webSocket;
    private final AdminConnection admin;

    /// Reads a message when it is asked to, and counts the characters of each.
    private static final class Page implements WebSocket.Listener {

        final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(2); // the handshakes of Engine.IO and Socket.IO
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            } else {
                socket.request(1);
            }
            return null;
        }
    }

    AdminConnectionTest() {
        server.of("/").onConnection(connected::complete);
        var address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/socket.io/?EIO=4&transport=websocket");
        webSocket = http.newWebSocketBuilder().buildAsync(uri, page).join();
        webSocket.sendText("40", true).join();
        admin = new AdminConnection(connected.join(), new SocketRendering(false));
    }

    @AfterEach
    void stop() {
        webSocket.abort();
        server.close(Duration.ZERO).toCompletableFuture().join();
        http.close();
    }

    private List<SocketChange> changes(int count) {
        return Stream.<SocketChange>generate(() -> new SocketChange.RoomJoined(admin.socket, "vip", Instant.EPOCH))
                .limit(count)
                .toList();
    }

    /// The first message that begins so; those before it are skipped.
    private String read(String start) throws InterruptedException {
        while (true) {
            var message = page.messages.poll(60, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError(start + ": not received");
            }
            webSocket.request(1);
            if (message.startsWith(start)) {
                return message;
            }
        }
    }

    @Test
    void changesWaitForASlowPageUpToALimitAndThenItIsSentAllSocketsAnew() throws InterruptedException {
        assertThat(admin.needsSync(0)).isTrue();
        admin.sync(LARGE, 0);
        assertThat(admin.isDrained()).isFalse();
        admin.send(changes(AdminConnection.BACKLOG_MAX));
        admin.sendStats(Map.of("skipped", true));
        assertThat(admin.needsSync(Long.MAX_VALUE)).as("the changes wait").isFalse();
        admin.send(changes(1));
        assertThat(read("42[\"all_sockets\"")).hasSizeGreaterThan(8_000_000);
        admin.socket
                .whenDrained()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(admin.needsSync(9_999)).as("not at once").isFalse();
        assertThat(admin.needsSync(10_000)).isTrue();
        admin.sync(List.of(), 10_000);
        assertThat(read("42")).isEqualTo("42[\"all_sockets\",[]]");
    }

    @Test
    void changesThatWaitedAreSentWhenThePageReadsAgain() throws InterruptedException {
        admin.sync(LARGE, 0);
        admin.send(changes(3));
        read("42[\"all_sockets\"");
        admin.socket
                .whenDrained()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        admin.send(changes(1));
        for (int i = 0; i < 4; i++) {
            assertThat(read("42[")).startsWith("42[\"room_joined\",\"/\",\"vip\",");
        }
    }

    @Test
    void aPageThatIsNotInStepIsSentNoChanges() throws InterruptedException {
        admin.send(changes(1));
        admin.sync(List.of(), 0);
        assertThat(read("42")).isEqualTo("42[\"all_sockets\",[]]");
        admin.resync();
        admin.send(changes(1));
        admin.sync(List.of(), 10_000);
        assertThat(read("42")).isEqualTo("42[\"all_sockets\",[]]");
    }
}
