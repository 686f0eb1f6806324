package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.caps.CapsTestClient;

/// Guards the one look behind Vert.x's public interface: REST and Socket.IO on one port, over both transports.
class SocketIoAttachmentTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void onePortServesRestAndBothTransportsOfSocketIo() throws IOException, InterruptedException {
        try (var hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0, 0)));
                var http = HttpClient.newHttpClient()) {
            for (var address : hub.addresses()) {
                var base = "http://127.0.0.1:" + address.getPort();
                assertThat(get(http, base + "/health")).contains("\"status\":\"up\"");
                assertThat(get(http, base + "/socket.io/?EIO=4&transport=polling"))
                        .startsWith("0{\"sid\":");
                assertThat(get(http, base + "/health/ready")).contains("\"ready\":true");
                try (var socket = CapsTestClient.connect(address, "")) {
                    assertThat(socket.id()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void aWebSocketIsNotOfferedCompressionThatTheEngineDoesNotDo() throws IOException {
        try (var hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)));
                var socket = new Socket(
                        hub.addresses().getFirst().getAddress(),
                        hub.addresses().getFirst().getPort())) {
            socket.getOutputStream().write("""
                            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                            Host: localhost\r
                            Connection: Upgrade\r
                            Upgrade: websocket\r
                            Sec-WebSocket-Version: 13\r
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                            Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame\r
                            \r
                            """.getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            for (var line = answer.readLine(); !line.isEmpty(); line = answer.readLine()) {
                assertThat(line).doesNotContainIgnoringCase("extensions");
            }
        }
    }

    private static String get(HttpClient http, String uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                .body();
    }
}
