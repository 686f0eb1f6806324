package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.FilesConfig;
import waybill.server.rest.ApiTestClient;

/// Proofs of delivery over HTTP.
class ProofsTest {

    @TempDir
    private static Path data = Path.of("");

    private static ApiTestClient api;
    private static ProofScenario scenario;

    @BeforeAll
    static void start() {
        api = ApiTestClient.start(
                data, config -> config.withFiles(FilesConfig.defaults().withImageBytesMax(1_500_000)));
        scenario = new ProofScenario(api);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void anOrderIsDeliveredOnlyWithTheProofsThatItRequires() {
        var order = scenario.inTransit("pin", "photo");

        var refused = api.status(ProofScenario.DRIVER, order, "delivered").isProblem(409, "conflict");
        assertThat(refused.text("detail")).contains("no proof by pin, photo yet");

        var photo = scenario.photo(ProofScenario.DRIVER, order, ProofScenario.jpeg(1, 200_000));
        assertThat(photo.statusCode()).as(photo.body()).isEqualTo(201);
        assertThat(api.status(ProofScenario.DRIVER, order, "delivered")
                        .isProblem(409, "conflict")
                        .text("detail"))
                .contains("no proof by pin yet");
        scenario.prove(ProofScenario.DRIVER, order, "{\"kind\": \"pin\", \"pin\": \"%s\"}".formatted(pin(order)))
                .is(201);
        api.status(ProofScenario.DRIVER, order, "delivered").is(200);
    }

    private static String pin(String order) {
        return api.get(ProofScenario.CUSTOMER, ProofScenario.ORDERS + "/" + order + "/proof")
                .is(200)
                .text("pin");
    }

    @Test
    void onlyTheCustomerIsShownThePin() {
        var order = scenario.inTransit("pin");
        assertThat(pin(order)).matches("\\d{4}");
        var path = ProofScenario.ORDERS + "/" + order;
        for (var who : List.of(ProofScenario.STORE, ProofScenario.DRIVER, "admin:root", "support:s")) {
            assertThat(api.get(who, path + "/proof").is(200).http().body()).doesNotContain("\"pin\":");
            assertThat(api.get(who, path).is(200).http().body()).doesNotContain(pin(order) + "\"");
        }
        api.get("customer:other", path + "/proof").isProblem(403, "forbidden");
        api.get("driver:other", path + "/proof").isProblem(403, "forbidden");
        api.get("merchant:other", path + "/proof").isProblem(403, "forbidden");
        assertThat(api.get(ProofScenario.CUSTOMER, path)
                        .is(200)
                        .body()
                        .path("proofRequired")
                        .toString())
                .isEqualTo("[\"pin\"]");
    }

    @Test
    void aPinIsNotFoundByTrying() {
        var order = scenario.inTransit("pin");
        var pin = pin(order);
        var wrong = pin.equals("0000") ? "0001" : "0000";
        for (var i = 0; i < 5; i++) {
            assertThat(scenario.prove(ProofScenario.DRIVER, order, "{\"kind\": \"pin\", \"pin\": \"" + wrong + "\"}")
                            .isProblem(400, "invalid")
                            .text("field"))
                    .isEqualTo("pin");
        }
        var later = scenario.prove(ProofScenario.DRIVER, order, "{\"kind\": \"pin\", \"pin\": \"" + pin + "\"}")
                .isProblem(429, "rate_limited");
        assertThat(later.body().path("retryAfterMs").asLong()).isBetween(1L, 600_000L);
    }

    @Test
    void aScanIsOfTheCodeOfTheOrder() {
        var order = scenario.inTransit("scan");
        assertThat(scenario.prove(ProofScenario.DRIVER, order, "{\"kind\": \"scan\", \"code\": \"other\"}")
                        .isProblem(400, "invalid")
                        .text("field"))
                .isEqualTo("code");
        scenario.prove(ProofScenario.DRIVER, order, "{\"kind\": \"scan\", \"code\": \"" + order + "\"}")
                .is(201);
        api.status(ProofScenario.DRIVER, order, "delivered").is(200);
    }

    @Test
    void theSameProofAgainIsRecordedOnce() {
        var order = scenario.inTransit("photo");
        var before = ProofScenario.files(data);
        var image = ProofScenario.jpeg(2, 100_000);
        var first = scenario.photo(ProofScenario.DRIVER, order, image, "idempotency-key", "k1");
        var replayed = scenario.photo(ProofScenario.DRIVER, order, image, "idempotency-key", "k1");
        var again = scenario.photo(ProofScenario.DRIVER, order, image);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(replayed.statusCode()).isEqualTo(201);
        assertThat(replayed.headers().firstValue("idempotent-replayed")).contains("true");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(ProofScenario.field(again, "hash")).isEqualTo(ProofScenario.field(first, "hash"));
        var other = scenario.photo(ProofScenario.DRIVER, order, ProofScenario.jpeg(3, 1_000), "idempotency-key", "k1");
        assertThat(other.statusCode()).as("another image under the key").isEqualTo(409);
        assertThat(api.get(ProofScenario.STORE, ProofScenario.ORDERS + "/" + order + "/proof")
                        .is(200)
                        .body()
                        .path("proofs"))
                .hasSize(1);
        ProofScenario.awaitFiles(data, before + 1);
    }

    @Test
    void aProofHasPlaceTimeAndRecipientAndIsLinkedWithTheOneBefore() {
        var order = scenario.inTransit("scan", "signature");
        var scan = scenario.prove(ProofScenario.DRIVER, order, """
                {"kind": "scan", "code": "%s", "latitude": 59.91391234567, "longitude": 10.75, "accuracy": 4.567,
                 "recordedAt": "2026-01-31T12:00:00.000Z"}""".formatted(order))
                .is(201);
        var png = new byte[500];
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, png, 0, 8);
        var signed = scenario.upload(
                ProofScenario.DRIVER,
                ProofScenario.ORDERS + "/" + order
                        + "/proof?kind=signature&recipient=Ada%20%C3%85s&latitude=59.9&longitude=10.7",
                "image/png",
                png);
        assertThat(signed.statusCode()).as(signed.body()).isEqualTo(201);

        var proofs = api.get(ProofScenario.CUSTOMER, ProofScenario.ORDERS + "/" + order + "/proof")
                .is(200)
                .body();
        assertThat(proofs.path("missing")).isEmpty();
        var first = proofs.at("/proofs/0");
        assertThat(first.path("latitude").asDouble()).isEqualTo(59.9139123);
        assertThat(first.path("accuracy").asDouble()).isEqualTo(4.57);
        assertThat(first.path("previousHash").asText()).isEqualTo("0".repeat(64));
        assertThat(first.path("hash").asText()).isEqualTo(scan.text("hash"));
        var second = proofs.at("/proofs/1");
        assertThat(second.path("recipient").asText()).isEqualTo("Ada Ås");
        assertThat(second.path("previousHash").asText()).isEqualTo(scan.text("hash"));
        var events = api.get(ProofScenario.STORE, ProofScenario.ORDERS + "/" + order + "/events")
                .is(200);
        assertThat(ApiTestClient.ids(events, "events", "event")).endsWith("proof", "proof");
    }

    @Test
    void anImageIsReadWithHeadersThatKeepABrowserFromRunningIt() {
        var order = scenario.inTransit("photo");
        var image = ProofScenario.jpeg(4, 300_000);
        scenario.photo(ProofScenario.DRIVER, order, image);
        var path = ProofScenario.ORDERS + "/" + order + "/proof/1";

        var answer = scenario.download(ProofScenario.CUSTOMER, path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(image);
        var headers = answer.headers();
        assertThat(headers.firstValue("content-type")).contains("image/jpeg");
        assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
        assertThat(headers.firstValue("content-disposition")).contains("inline; filename=\"proof-1.jpg\"");
        assertThat(headers.firstValue("cache-control")).contains("no-store");
        assertThat(headers.firstValue("content-security-policy")).contains("default-src 'none'; sandbox");
        assertThat(scenario.download("driver:other", path).statusCode()).isEqualTo(403);
        assertThat(scenario.download(ProofScenario.CUSTOMER, path.replaceFirst("1$", "2"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFormHasOneImageAndItsFields() {
        var order = scenario.inTransit("photo");
        var image = ProofScenario.jpeg(5, 120_000);
        var path = ProofScenario.ORDERS + "/" + order + "/proof";
        var type = "multipart/form-data; boundary=XYZ";
        var sent = scenario.upload(
                ProofScenario.DRIVER,
                path,
                type,
                form(image, "latitude", "59.9", "longitude", "10.7", "kind", "photo"));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        assertThat(scenario.download(ProofScenario.STORE, path + "/1").body()).isEqualTo(image);

        var before = ProofScenario.files(data);
        var bad = scenario.upload(
                ProofScenario.DRIVER, path, type, form(image, "latitude", "91", "longitude", "1", "kind", "photo"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("latitude: 91");
        var unknown = scenario.upload(ProofScenario.DRIVER, path, type, form(image, "colour", "red", "kind", "photo"));
        assertThat(unknown.body()).contains("colour: unknown");
        var cut = form(ProofScenario.jpeg(6, 9_000), "kind", "photo");
        var half = scenario.upload(ProofScenario.DRIVER, path, type, Arrays.copyOf(cut, 5_000));
        assertThat(half.statusCode()).as(half.body()).isEqualTo(400);
        var without = scenario.upload(
                ProofScenario.DRIVER,
                path,
                type,
                "--XYZ\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nphoto\r\n--XYZ--\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(without.body()).contains("body: no image");
        ProofScenario.awaitFiles(data, before);
    }

    private static byte[] form(byte[] image, String... fields) {
        var out = new ByteArrayOutputStream();
        for (var i = 0; i < fields.length; i += 2) {
            out.writeBytes(("--XYZ\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n"
                            + fields[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("""
                --XYZ
                Content-Disposition: form-data; name="file"; filename="x.jpg"
                Content-Type: image/jpeg

                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(image);
        out.writeBytes("\r\n--XYZ--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @Test
    void anUploadThatIsRefusedLeavesNothing() {
        var order = scenario.inTransit("photo");
        var path = ProofScenario.ORDERS + "/" + order + "/proof?kind=photo";
        var before = ProofScenario.files(data);

        var large = scenario.upload(ProofScenario.DRIVER, path, "image/jpeg", ProofScenario.jpeg(7, 1_500_001));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("\"code\":\"too_large\"");
        var unannounced = scenario.send(HttpRequest.newBuilder(api.uri(path))
                .header("authorization", "Bearer " + api.token(ProofScenario.DRIVER))
                .header("content-type", "image/jpeg")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(ProofScenario.jpeg(8, 1_600_000))))
                .build());
        assertThat(unannounced.statusCode()).isEqualTo(413);
        var mistyped = scenario.upload(ProofScenario.DRIVER, path, "image/png", ProofScenario.jpeg(9, 1_000));
        assertThat(mistyped.statusCode()).isEqualTo(400);
        assertThat(mistyped.body()).contains("body: image/jpeg (expected: image/png");
        var script = scenario.upload(
                ProofScenario.DRIVER, path, "image/jpeg", "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8));
        assertThat(script.body()).contains("no image of a known type");
        var type =
                scenario.upload(ProofScenario.DRIVER, path, "image/svg+xml", "<svg/>".getBytes(StandardCharsets.UTF_8));
        assertThat(type.statusCode()).isEqualTo(415);
        var empty = scenario.upload(ProofScenario.DRIVER, path, "image/jpeg", new byte[0]);
        assertThat(empty.body()).contains("body: empty");
        var other = scenario.photo("driver:other", order, ProofScenario.jpeg(10, 100_000));
        assertThat(other.statusCode()).isEqualTo(403);
        var tooEarly = scenario.photo("admin:root", scenario.place("photo"), ProofScenario.jpeg(11, 1_000));
        assertThat(tooEarly.statusCode()).as(tooEarly.body()).isEqualTo(409);
        ProofScenario.awaitFiles(data, before);
    }

    @Test
    void onlyAStoreOrAnAdministratorRequiresProofs() {
        var order =
                "{\"items\": [{\"product\": \"p\", \"quantity\": 1}], \"deliveryAddress\": \"x\", \"proofRequired\": [\"photo\"]}";
        api.post(ProofScenario.CUSTOMER, ProofScenario.ORDERS, order).isProblem(403, "forbidden");
        api.post("admin:root", ProofScenario.ORDERS, order).is(201);
        api.post("admin:root", ProofScenario.ORDERS, order.replace("photo", "oath"))
                .isProblem(400, "invalid");
    }
}
