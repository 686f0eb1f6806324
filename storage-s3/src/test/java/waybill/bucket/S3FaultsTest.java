package waybill.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobRejected;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;
import waybill.blob.Bucket;
import waybill.blob.BucketKey;

/// A service that fails, is silent, breaks off or says something wrong: no upload counts as stored unless it is, and
/// nothing half is read.
class S3FaultsTest {

    private static final S3Limits LIMITS = new S3Limits(
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofMillis(600),
            Duration.ofMillis(1_500),
            2,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private FakeS3 s3;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong elapsedMs = new AtomicLong();

    @BeforeEach
    void start() throws IOException {
        s3 = FakeS3.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        s3.close();
    }

    private BlobStore open() {
        return S3BlobStore.open(s3.bucket(), folder, LIMITS, elapsedMs::get);
    }

    /// What a service does wrong, again and again.
    enum Wrong {
        SERVER_ERROR {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                FakeS3.error(exchange, 500, "InternalError");
                return true;
            }
        },
        TOO_MANY_REQUESTS {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                FakeS3.error(exchange, 503, "SlowDown");
                return true;
            }
        },
        REDIRECT {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().add("location", "http://127.0.0.1:9/proofs");
                FakeS3.error(exchange, 307, "TemporaryRedirect");
                return true;
            }
        },
        LOST_WITHIN_THE_BODY {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                assertThat(exchange.getRequestBody().read()).isNotNegative();
                return true; // the connection is closed
            }
        },
        LOST_WITHIN_THE_ANSWER {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                exchange.sendResponseHeaders(500, 1_000);
                exchange.getResponseBody().write(new byte[10]);
                exchange.getResponseBody().flush();
                return true;
            }
        },
        A_PAGE_FOR_BROWSERS {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : 0);
                if (!exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseBody().write("<html>Please log in</html>".getBytes(StandardCharsets.UTF_8));
                }
                return true;
            }
        },
        NO_ACCESS {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                FakeS3.error(exchange, 403, "AccessDenied");
                return true;
            }
        };

        abstract boolean handle(HttpExchange exchange) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void noUploadIsStoredUnlessTheServiceHasIt(Wrong wrong) throws IOException, BlobRejected {
        try (var store = open()) {
            s3.always(wrong::handle);
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(1)))
                    .isInstanceOf(BlobFailure.class)
                    .hasMessageContaining("s3-bucket proofs: ")
                    .hasMessageNotContaining("the-secret-of-the-example");
            assertThat(s3.files()).isZero();
            assertThat(temporaryFiles()).isZero();
            s3.recover();
            elapsedMs.addAndGet(5_000);
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            assertThat(store.open(BlobStoreContract.id(1))).isPresent();
        }
    }

    private long temporaryFiles() throws IOException {
        try (var files = Files.list(folder.resolve("incoming"))) {
            return files.count();
        }
    }

    @Test
    void aServiceThatFailsOnceIsAskedAgain() throws BlobRejected {
        try (var store = open()) {
            s3.next(Wrong.SERVER_ERROR::handle);
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            s3.next(Wrong.LOST_WITHIN_THE_BODY::handle);
            BlobStoreContract.put(store, BlobStoreContract.id(2));
            assertThat(s3.files()).isEqualTo(2);
        }
    }

    @Test
    void aServiceThatFailsIsAskedNoMoreThanTheLimit() {
        try (var store = open()) {
            var before = s3.requests();
            s3.always(Wrong.SERVER_ERROR::handle);
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(1)))
                    .hasMessageContaining("cannot store files: status 500 InternalError: an example");
            assertThat(s3.requests()).isEqualTo(before + " PUT PUT");
        }
    }

    @Test
    void aSilentServiceIsGivenUpAndThenLeftAloneForAMoment() throws BlobRejected {
        try (var store = open()) {
            s3.always(this::isSilent);
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(1)))
                    .isInstanceOf(BlobFailure.class);
            var before = s3.requests();
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(2)))
                    .hasMessageContaining("tried again in a moment");
            assertThatThrownBy(() -> store.open(BlobStoreContract.id(1))).isInstanceOf(BlobFailure.class);
            assertThat(s3.requests()).isEqualTo(before);
            s3.recover();
            store.check();
            BlobStoreContract.put(store, BlobStoreContract.id(2));
        }
    }

    private boolean isSilent(HttpExchange exchange) throws IOException {
        try {
            closing.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return true;
    }

    @Test
    void anObjectThatEndsEarlyIsNotReadAsWhole() throws IOException, BlobRejected {
        try (var store = open()) {
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            s3.next(S3FaultsTest::breakOff);
            try (var in = store.open(BlobStoreContract.id(1)).orElseThrow()) {
                assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }

    private static boolean breakOff(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 13);
        exchange.getResponseBody().write(new byte[5]);
        exchange.getResponseBody().flush();
        return true;
    }

    @Test
    void anObjectThatStopsComingIsGivenUp() throws IOException, BlobRejected {
        try (var store = open()) {
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            s3.next(exchange -> breakOff(exchange) && isSilent(exchange));
            try (var in = store.open(BlobStoreContract.id(1)).orElseThrow()) {
                assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void anObjectThatComesDropByDropIsGivenUp() throws IOException, BlobRejected {
        // each look at the clock finds it a second later, so that each byte takes a second
        try (var store = S3BlobStore.open(s3.bucket(), folder, LIMITS, () -> elapsedMs.addAndGet(1_000))) {
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            try (var in = store.open(BlobStoreContract.id(1)).orElseThrow()) {
                for (var i = 0; i < 3; i++) {
                    assertThat(in.read()).isNotNegative();
                }
                assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("for more than 2 s");
            }
        }
    }

    @Test
    void aMissingObjectIsNoFailureButAMissingBucketIs() throws BlobRejected {
        try (var store = open()) {
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            assertThat(store.open(BlobStoreContract.id(2))).isEmpty();
            s3.always(exchange -> {
                FakeS3.error(exchange, 404, "NoSuchBucket");
                return true;
            });
            assertThatThrownBy(() -> store.open(BlobStoreContract.id(1)))
                    .isInstanceOf(BlobFailure.class)
                    .hasMessageContaining("404 NoSuchBucket");
        }
    }

    @Test
    void theHubStartsWithoutAServiceThatDoesNotAnswerAndNotWithOneThatRefusesIt() {
        s3.always(Wrong.SERVER_ERROR::handle);
        try (var store = open()) {
            assertThatThrownBy(store::check).isInstanceOf(BlobFailure.class);
        }
        s3.recover();
        var right = s3.bucket();
        var wrongKey = new Bucket(
                right.name(),
                right.prefix(),
                right.endpoint(),
                right.region(),
                true,
                new BucketKey(right.key().id(), "another-secret"));
        assertThatThrownBy(() -> S3BlobStore.open(wrongKey, folder, LIMITS, elapsedMs::get))
                .hasMessageContaining("403 SignatureDoesNotMatch")
                .hasMessageNotContaining("another-secret");
        var noBucket = new Bucket("absent", "", right.endpoint(), right.region(), true, right.key());
        assertThatThrownBy(() -> S3BlobStore.open(noBucket, folder, LIMITS, elapsedMs::get))
                .hasMessageContaining("404 NoSuchBucket");
        s3.close();
        try (var store = open()) {
            assertThatThrownBy(() -> store.begin(BlobStoreContract.id(1), BlobType.JPEG, 100))
                    .isInstanceOf(BlobFailure.class);
        }
    }

    @Test
    void otherObjectsInTheBucketAreLeftAlone() throws BlobRejected {
        s3.put("hub-1/notes.txt", new byte[1]);
        s3.put("hub-1/ab/" + BlobStoreContract.id(1), new byte[1]);
        s3.put("hub-2/" + BlobStoreContract.id(3).path(), new byte[1]);
        try (var store = open()) {
            BlobStoreContract.put(store, BlobStoreContract.id(2));
            var found = new ArrayList<BlobId>();
            store.forEachBefore(BlobStoreContract.LATER, found::add);
            assertThat(found).containsExactly(BlobStoreContract.id(2));
        }
    }

    @Test
    void twoHubsDoNotShareABucketAndPrefix() throws IOException, BlobRejected {
        var another = Files.createDirectory(folder.resolve("another"));
        try (var store = open()) {
            BlobStoreContract.put(store, BlobStoreContract.id(1));
        }
        assertThatThrownBy(() -> S3BlobStore.open(s3.bucket(), another, LIMITS, elapsedMs::get))
                .isInstanceOf(BlobFailure.class)
                .hasMessageContaining("hub-1/ belongs to the hub ")
                .hasMessageContaining("delete hub-1/waybill-hub.txt there if that hub is gone");
        var found = new ArrayList<BlobId>();
        s3.always(Wrong.SERVER_ERROR::handle);
        try (var store = S3BlobStore.open(s3.bucket(), another, LIMITS, elapsedMs::get)) {
            s3.recover();
            elapsedMs.addAndGet(5_000);
            assertThatThrownBy(() -> store.forEachBefore(BlobStoreContract.LATER, found::add))
                    .hasMessageContaining("belongs to the hub");
            assertThatThrownBy(store::check).hasMessageContaining("belongs to the hub");
        }
        assertThat(found).isEmpty();
        try (var store = open()) {
            store.forEachBefore(BlobStoreContract.LATER, found::add);
        }
        assertThat(found).containsExactly(BlobStoreContract.id(1));
    }

    @Test
    void aListThatNeverEndsIsGivenUp() {
        try (var store = open()) {
            var page = "<ListBucketResult><IsTruncated>true</IsTruncated>"
                    + "<NextContinuationToken>same</NextContinuationToken></ListBucketResult>";
            s3.always(exchange -> {
                exchange.sendResponseHeaders(200, page.length());
                exchange.getResponseBody().write(page.getBytes(StandardCharsets.UTF_8));
                return true;
            });
            assertThatThrownBy(() -> store.forEachBefore(BlobStoreContract.LATER, _ -> {}))
                    .isInstanceOf(BlobFailure.class)
                    .hasMessageContaining("no next page");
        }
    }

    @Test
    void theKeyIsInNoText() {
        assertThat(s3.bucket().toString()).contains("AKIAEXAMPLE").doesNotContain("the-secret");
        assertThat(Optional.of(s3.bucket().key()).toString()).doesNotContain("the-secret");
    }
}
