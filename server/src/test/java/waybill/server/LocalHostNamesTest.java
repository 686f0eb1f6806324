package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalHostNamesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "localhost:9001, true",
        "127.0.0.1:9001, true",
        "[::1]:9001, true",
        "hub.localhost, true",
        "10.0.2.2:9001, true",
        "10.0.3.2, true",
        "10.0.2.3, false",
        "evil.example, false",
        "evil.example:9001, false",
        "localhost.evil.example, false",
        "'', false"
    })
    void namesOfThisMachineAreAllowed(String host, boolean known) {
        assertThat(new LocalHostNames().test(host)).isEqualTo(known);
    }

    @Test
    void aPageThatHasItsOwnNamePointHereGetsNothing() throws IOException {
        var config = Config.defaults(data).withPorts(List.of(0));
        try (var hub = WaybillServer.start(config)) {
            int port = hub.addresses().getFirst().getPort();
            for (var path : List.of("/api/v1/queues", "/socket.io/?EIO=4&transport=polling")) {
                assertThat(statusLine(port, path, "evil.example")).contains(" 403 ");
                assertThat(statusLine(port, path, "localhost")).contains(" 200 ");
            }
        }
    }

    private static String statusLine(int port, String path, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
