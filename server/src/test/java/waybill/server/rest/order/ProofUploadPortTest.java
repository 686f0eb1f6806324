package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.FilesConfig;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.http.RawHttpConnection;
import waybill.server.rest.http.RestSettings;

/// Uploads that are cut off, too large, of another type or malformed, byte by byte on the hub's port: each is answered
/// with a clear word, or closed, and nothing of it is left.
class ProofUploadPortTest {

    private static final int BYTES_MAX = 100_000;
    private static final String FORM = "multipart/form-data; boundary=XYZ";

    @TempDir
    private static Path data = Path.of("");

    private static ApiTestClient api;
    private static ProofScenario scenario;
    private static String order = "";

    @BeforeAll
    static void start() {
        api = ApiTestClient.start(
                data,
                config -> config.withFiles(FilesConfig.defaults().withImageBytesMax(BYTES_MAX))
                        .withRest(RestSettings.defaults().withBodyTimeout(Duration.ofSeconds(2))));
        scenario = new ProofScenario(api);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void order() {
        order = scenario.inTransit("photo");
    }

    private static RawHttpConnection connect() {
        return RawHttpConnection.connect(api.uri("/"));
    }

    private static String head(String type, String length) {
        return "POST " + ProofScenario.ORDERS + "/" + order + "/proof"
                + (type.equals(FORM) ? "" : "?kind=photo") + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + api.token(ProofScenario.DRIVER) + "\r\nContent-Type: " + type + "\r\n" + length + "\r\n\r\n";
    }

    private static String head(String type, int length) {
        return head(type, "Content-Length: " + length);
    }

    private static byte[] chunk(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static byte[] part(String type, byte[] image) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("--XYZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\nContent-Type: "
                        + type + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(image);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static byte[] form(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("--XYZ\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nphoto\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (var part : parts) {
            out.writeBytes(part);
        }
        out.writeBytes("--XYZ--\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /// Nothing is stored, and the order can still be proven.
    private static void verifyNothingIsLeft() {
        ProofScenario.awaitFiles(data, 0);
        var proofs = api.get(ProofScenario.STORE, ProofScenario.ORDERS + "/" + order + "/proof");
        assertThat(proofs.is(200).body().path("proofs")).isEmpty();
    }

    @Test
    void aBodyThatIsCutOffLeavesNothing() {
        var image = ProofScenario.jpeg(1, 50_000);
        for (var bytes : new int[] {0, 2, 20_000, 49_999}) {
            try (var wire = connect()) {
                wire.send(head("image/jpeg", image.length)).send(Arrays.copyOf(image, bytes));
                assertThat(wire.endOutput().head()).as("after %d bytes", bytes).doesNotStartWith("HTTP/1.1 2");
            }
        }
        try (var wire = connect()) {
            wire.send(head("image/jpeg", "Transfer-Encoding: chunked")).send(chunk(image));
            assertThat(wire.endOutput().head()).as("without the last chunk").doesNotStartWith("HTTP/1.1 2");
        }
        verifyNothingIsLeft();
    }

    @Test
    void aBodyThatStopsComingIsAnswered408() {
        try (var wire = connect()) {
            wire.send(head("image/jpeg", 50_000)).send(ProofScenario.jpeg(2, 20_000));
            assertThat(wire.response())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"code\":\"invalid\"")
                    .contains("\"field\":\"body\"");
        }
        verifyNothingIsLeft();
    }

    @Test
    void aBodyOverTheLimitIsAnswered413HoweverItComes() {
        var large = ProofScenario.jpeg(3, BYTES_MAX + 1);
        try (var wire = connect()) {
            assertThat(wire.send(head("image/jpeg", large.length)).response())
                    .as("before it comes")
                    .startsWith("HTTP/1.1 413 ")
                    .contains("too_large");
        }
        try (var wire = connect()) {
            wire.send(head("image/jpeg", "Transfer-Encoding: chunked")).send(chunk(large));
            assertThat(wire.response()).startsWith("HTTP/1.1 413 ").contains("body: more than 100000 bytes");
        }
        try (var wire = connect()) {
            var body = form(part("image/jpeg", large));
            wire.send(head(FORM, body.length)).send(body);
            assertThat(wire.response()).startsWith("HTTP/1.1 413 ").contains("too_large");
        }
        verifyNothingIsLeft();
    }

    @Test
    void anImageOfAnotherTypeThanItSaysIsAnswered400() {
        var png = new byte[1_000];
        System.arraycopy(HexFormat.of().parseHex("89504e470d0a1a0a"), 0, png, 0, 8);
        try (var wire = connect()) {
            wire.send(head("image/jpeg", png.length)).send(png);
            assertThat(wire.response())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("body: image/png (expected: image/jpeg, as its content type says)");
        }
        try (var wire = connect()) {
            var body = form(part("image/jpeg", png));
            wire.send(head(FORM, body.length)).send(body);
            assertThat(wire.response()).startsWith("HTTP/1.1 400 ").contains("body: image/png (expected: image/jpeg");
        }
        try (var wire = connect()) {
            var body = form(part("text/html", png));
            wire.send(head(FORM, body.length)).send(body);
            assertThat(wire.response()).startsWith("HTTP/1.1 415 ").contains("image/jpeg, image/png or image/webp");
        }
        verifyNothingIsLeft();
    }

    @Test
    void aFormThatIsMalformedLeavesNothing() {
        var image = part("image/jpeg", ProofScenario.jpeg(4, 5_000));
        try (var wire = connect()) {
            var body = form(image, image);
            wire.send(head(FORM, body.length)).send(body);
            assertThat(wire.response()).startsWith("HTTP/1.1 400 ").contains("body: a second file");
        }
        try (var wire = connect()) {
            var body = form(image);
            wire.send(head("multipart/form-data; boundary=another", body.length))
                    .send(body);
            assertThat(wire.response()).startsWith("HTTP/1.1 400 ");
        }
        try (var wire = connect()) {
            var body = form(image);
            wire.send(head(FORM, body.length)).send(Arrays.copyOf(body, body.length / 2));
            assertThat(wire.endOutput().head()).as("cut off").doesNotStartWith("HTTP/1.1 2");
        }
        verifyNothingIsLeft();
    }

    @Test
    void aChunkThatIsNoneLeavesNothing() {
        try (var wire = connect()) {
            wire.send(head("image/jpeg", "Transfer-Encoding: chunked"))
                    .send(chunk(ProofScenario.jpeg(5, 5_000)))
                    .send("no length\r\n");
            assertThat(wire.head()).doesNotStartWith("HTTP/1.1 2");
        }
        verifyNothingIsLeft();
    }
}
