package waybill.server.rest.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.rest.ApiTestClient;

/// Links that were damaged on their way: whatever comes behind `/t`, the answer is that of a link that is not valid.
@Timeout(60)
class InvalidLinkPathsTest {

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/t",
                "/t/",
                "/t//",
                "/t/%",
                "/t/%zz",
                "/t/%zz.json",
                "/t/%zz/events",
                "/t/%c3",
                "/t/%00",
                "/t/.json",
                "/t/a/b",
                "/t/a/events/b",
                "/t//events",
                "/t/../x",
                "/t/%2e%2e/%2e%2e/x",
                "/t/..%2f..%2fx",
                "/t/{token}",
                "/t/a?b=%zz",
                "/t/<script>"
            })
    void aPathThatIsNoLinkHasTheAnswerOfAnInvalidLink(String path) throws IOException {
        assertThat(get(path, "*/*")).isEqualTo(get("/t/unknown", "*/*")).startsWith("HTTP/1.1 404 Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/t/", "/t/%zz", "/t/a/b"})
    void aBrowserGetsThePage(String path) throws IOException {
        assertThat(get(path, "text/html,*/*;q=0.8"))
                .isEqualTo(get("/t/unknown", "text/html,*/*;q=0.8"))
                .startsWith("HTTP/1.1 404 Not Found")
                .contains("<h1>This link is not valid</h1>");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 16_000})
    void aTokenOfAnyLengthHasTheAnswerOfAnInvalidLink(int length) throws IOException {
        for (var path : List.of("/t/" + "A".repeat(length), "/t/" + "%zz".repeat(length / 3))) {
            assertThat(get(path, "*/*")).isEqualTo(get("/t/unknown", "*/*"));
        }
    }

    /// The response to a path that is sent as it is, which a client of HTTP would not.
    private static String get(String path, String accept) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), api.uri("/").getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
