package waybill.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobRejected;
import waybill.blob.BlobType;
import waybill.blob.Bucket;
import waybill.blob.BucketKey;

/// A service that breaks off, is slow or says something wrong while a hub reads or starts: nothing half is read.
class S3ReadFaultsTest extends S3FaultScenario {

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
        s3.always(S3FaultsTest.Wrong.SERVER_ERROR::handle);
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
        s3.always(S3FaultsTest.Wrong.SERVER_ERROR::handle);
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
