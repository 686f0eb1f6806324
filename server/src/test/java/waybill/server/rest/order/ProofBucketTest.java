package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.bucket.FakeS3;
import waybill.concurrent.Threads;
import waybill.server.Platform;
import waybill.server.proof.ArchiveVerifier;
import waybill.server.rest.ApiTestClient;

/// A hub whose images are in a bucket.
class ProofBucketTest {

    private static final String[] REQUEST = {"Idempotency-Key", "0f6f3c52-5f0e-4a0e-9f6d-2b1f6d1f2a10"};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private FakeS3 s3;
    private final CountDownLatch answering = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @BeforeEach
    void start() throws IOException {
        s3 = FakeS3.start();
    }

    @AfterEach
    void stop() {
        answering.countDown();
        s3.close();
    }

    private ApiTestClient hub() {
        return ApiTestClient.start(
                data,
                config -> config.withFiles(config.files().withBucket(Optional.of(s3.bucket()))),
                new Platform(
                        InstantSource.system(),
                        () -> System.nanoTime() + ahead.get().toNanos(),
                        new SecureRandom(),
                        Threads.ofPlatform()));
    }

    @Test
    void imagesAreStoredReadAndExportedFromTheBucket() throws IOException {
        try (var api = hub()) {
            var scenario = new ProofScenario(api);
            var order = scenario.inTransit("photo");
            var image = ProofScenario.jpeg(1, 300_000);
            assertThat(scenario.photo(ProofScenario.DRIVER, order, image).statusCode())
                    .isEqualTo(201);
            var path = ProofScenario.ORDERS + "/" + order + "/proof";
            assertThat(scenario.download(ProofScenario.CUSTOMER, path + "/1").body())
                    .isEqualTo(image);
            var export = Files.write(
                    data.resolve("proof.zip"),
                    scenario.download(ProofScenario.STORE, path + "/export").body());
            assertThat(ArchiveVerifier.verify(export, null)).allMatch(ArchiveVerifier.Check::isPassed);
            assertThat(s3.files()).isOne();
            assertThat(ProofScenario.files(data)).as("the name of the hub").isOne();
            assertThat(api.get("admin", "/health").text("files")).isEqualTo("reachable");
        }
    }

    @Test
    void aPhotoThatTheServiceDoesNotTakeIsRefusedAndSentAgain() {
        var image = ProofScenario.jpeg(2, 300_000);
        String order;
        try (var api = hub()) {
            var scenario = new ProofScenario(api);
            order = scenario.inTransit("photo");
            s3.always(exchange -> {
                FakeS3.error(exchange, 503, "SlowDown");
                return true;
            });
            var refused = scenario.photo(ProofScenario.DRIVER, order, image, REQUEST);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).contains("5");
            assertThat(ProofScenario.field(refused, "code")).isEqualTo("unavailable");
            assertThat(refused.body()).doesNotContain("SlowDown").doesNotContain("proofs/");
            ProofScenario.awaitFiles(data, 1); // the name of the hub
            api.status(ProofScenario.DRIVER, order, "delivered").isProblem(409, "conflict");
        }
        s3.recover();
        try (var api = hub()) {
            var repeated = new ProofScenario(api).photo(ProofScenario.DRIVER, order, image, REQUEST);
            assertThat(repeated.statusCode()).as(repeated.body()).isEqualTo(201);
            new ProofScenario(api).deliver(order);
        }
    }

    @Test
    void administratorsAreToldWhileTheServiceDoesNotAnswer() {
        try (var api = hub()) {
            s3.always(exchange -> {
                FakeS3.error(exchange, 500, "InternalError");
                return true;
            });
            var alerts = await(api, "not reachable", 1);
            assertThat(alerts.getFirst().path("message").asText())
                    .contains("s3-bucket proofs: cannot list files: status 500");
            assertThat(api.get("admin", "/health/ready").is(200).text("store")).isEqualTo("writable");
            s3.recover();
            await(api, "reachable", 0);
        }
    }

    /// Lets the hub's time pass until it has looked at its files, and then at what administrators are told.
    private List<JsonNode> await(ApiTestClient api, String files, int count) {
        for (var i = 0; i < 500; i++) {
            ahead.updateAndGet(before -> before.plusSeconds(5));
            var user = "admin:a" + i; // whose reads are not limited yet
            var alerts = api.get(user, "/api/v1/alerts").body().path("alerts").valueStream();
            var ours = alerts.filter(alert -> alert.path("kind").asText().equals("files_unreachable"))
                    .toList();
            if (api.get(user, "/health").text("files").equals(files) && ours.size() == count) {
                return ours;
            }
        }
        throw new AssertionError("files: not " + files + ", or not " + count + " alerts");
    }

    /// The service is asked on threads of its own.
    @Test
    void aServiceThatDoesNotAnswerKeepsNoOtherRequestWaiting() throws InterruptedException {
        try (var api = hub()) {
            var scenario = new ProofScenario(api);
            var order = scenario.inTransit("photo");
            s3.next(exchange -> {
                asked.countDown();
                return waits();
            });
            var photo = CompletableFuture.supplyAsync(
                    () -> scenario.photo(ProofScenario.DRIVER, order, ProofScenario.jpeg(3, 300_000)));
            asked.await();
            for (var i = 0; i < 10; i++) {
                scenario.place("pin");
            }
            api.get(ProofScenario.DRIVER, ProofScenario.ORDERS + "/" + order + "/proof")
                    .is(200);
            assertThat(photo).isNotDone();
            answering.countDown();
            assertThat(photo.join().statusCode()).isEqualTo(201);
        }
    }

    private boolean waits() throws IOException {
        try {
            answering.await();
            return false;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
