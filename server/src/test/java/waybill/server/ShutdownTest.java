package waybill.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is answered to requests in progress when the hub stops.
class ShutdownTest {

    private static final String BODY = "{\"userId\":\"jane\",\"role\":\"customer\"}";
    private static final String HEAD = "POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n";

    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private WaybillServer start() {
        return WaybillServer.start(Config.defaults(data).withPorts(List.of(0)));
    }

    private static Socket dial(WaybillServer hub) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), hub.addresses().getFirst().getPort()));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static void readAnswer(InputStream input) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) input.read());
        }
        var length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .findFirst()
                .orElseThrow();
        input.readNBytes(
                Integer.parseInt(length.substring(length.indexOf(':') + 1).strip()));
    }

    /// Returns when the hub takes no connection any more.
    private static CompletableFuture<Void> closing(WaybillServer hub) {
        var closed = CompletableFuture.runAsync(hub::close);
        while (true) {
            try (var socket = dial(hub)) {
                assertThat(socket.isConnected()).isTrue();
            } catch (IOException _) {
                return closed;
            }
        }
    }

    @Test
    void aRequestOfWhichTheBodyIsStillComingIsAnswered() throws IOException {
        var hub = start();
        try (var socket = dial(hub)) {
            say(socket, HEALTH + HEAD + BODY.substring(0, 10)); // in one segment: with the first answer it has both
            readAnswer(socket.getInputStream());
            var closed = closing(hub);
            say(socket, BODY.substring(10));
            var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 201").contains("\"token\":");
            closed.join();
        }
    }

    @Test
    void aBodyThatDoesNotComeKeepsNoHubFromEnding() throws IOException {
        var hub = start();
        try (var socket = dial(hub);
                var idle = dial(hub)) {
            say(idle, HEALTH);
            assertThat(new String(idle.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200"); // the hub has accepted the connection
            say(socket, HEAD + BODY.substring(0, 10));
            closing(hub).join();
            assertThat(idle.getInputStream().readAllBytes()).isNotEmpty();
        }
    }
}
