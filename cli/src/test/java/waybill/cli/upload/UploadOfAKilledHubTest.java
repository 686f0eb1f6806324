package waybill.cli.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.blob.BlobId;
import waybill.cli.HubProcess;

/// A photo is recorded once or not at all, at whatever moment the hub is killed, and what is left of it is deleted.
@Timeout(180)
class UploadOfAKilledHubTest {

    private static final String DRIVER = "driver:kari";
    private static final byte[] PHOTO = ProofClient.jpeg(3_000_000);

    /// Older than files that an upload in progress may still need.
    private static final Duration AGE = Duration.ofHours(2);

    /// When the hub is killed.
    private enum Moment {
        WITHIN_THE_BODY(PHOTO.length / 2),
        BEFORE_THE_LAST_BYTE(PHOTO.length - 1),
        AFTER_THE_LAST_BYTE(PHOTO.length);

        private final int bytes;

        Moment(int bytes) {
            this.bytes = bytes;
        }
    }

    @TempDir
    private Path data = Path.of("");

    @Test
    void aPhotoIsRecordedOnceOrNotAtAll() throws IOException, InterruptedException {
        var key = UUID.randomUUID().toString();
        var orders = new ArrayList<String>();
        for (var moment : Moment.values()) {
            try (var hub = HubProcess.start(0, data);
                    var client = new ProofClient(hub.url())) {
                orders.forEach(order -> verifyAndRepeat(client, order, key + order));
                orders.clear();
                orders.add(client.inTransit(DRIVER));
                sendPart(hub.url(), client, orders.getFirst(), key + orders.getFirst(), moment.bytes);
            }
        }
        try (var hub = HubProcess.start(0, data);
                var client = new ProofClient(hub.url())) {
            orders.forEach(order -> verifyAndRepeat(client, order, key + order));
        }
    }

    private static void verifyAndRepeat(ProofClient client, String order, String key) {
        try {
            var before = client.proofs(order);
            assertThat(before.getJSONArray("proofs").length()
                            + before.getJSONArray("missing").length())
                    .as("recorded, or missing: %s", before)
                    .isOne();
            var request = client.photo(DRIVER, order, BodyPublishers.ofByteArray(PHOTO), "Idempotency-Key", key);
            var repeated = client.begin(request).join();
            assertThat(repeated.statusCode()).as(repeated.body()).isBetween(200, 201);
            assertThat(new JSONObject(repeated.body()).getInt("number")).isOne();
            assertThat(client.proofs(order).getJSONArray("proofs")).hasSize(1);
            assertThat(client.image(DRIVER, order, 1)).isEqualTo(PHOTO);
            client.status(DRIVER, order, "delivered");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Sends the first bytes of a photo, waits until they are in a file, and leaves the rest.
    private void sendPart(URI hub, ProofClient client, String order, String key, int bytes) throws IOException {
        var before = files().size();
        try (var socket = new Socket(hub.getHost(), hub.getPort())) {
            var out = socket.getOutputStream();
            out.write(("POST " + ProofClient.path(order) + "?kind=photo HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Bearer " + client.token(DRIVER) + "\r\nIdempotency-Key: " + key
                            + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + PHOTO.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(PHOTO, 0, bytes);
            out.flush();
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (files().size() == before && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(files()).hasSize(before + 1);
        }
    }

    /// All files of uploads, complete or not. One may be deleted meanwhile.
    private List<Path> files() throws IOException {
        var all = new ArrayList<Path>();
        try (var folders = Files.newDirectoryStream(data.resolve("blobs"))) {
            for (var folder : folders) {
                try (var files = Files.newDirectoryStream(folder)) {
                    files.forEach(all::add);
                }
            }
        }
        return all;
    }

    @Test
    void whatIsLeftIsDeletedAndNothingElse() throws IOException, InterruptedException {
        Path proven;
        try (var hub = HubProcess.start(0, data);
                var client = new ProofClient(hub.url())) {
            var photo = client.photo(DRIVER, client.inTransit(DRIVER), BodyPublishers.ofByteArray(PHOTO));
            assertThat(client.begin(photo).join().statusCode()).isEqualTo(201);
            proven = files().getFirst();
        }
        var blobs = data.resolve("blobs");
        var incomplete = blobs.resolve("incoming").resolve(UUID.randomUUID().toString());
        var unnamed = blobs.resolve(new BlobId(UUID.randomUUID()).path());
        var young = blobs.resolve(new BlobId(UUID.randomUUID()).path());
        for (var copy : List.of(incomplete, unnamed, young)) {
            Files.createDirectories(copy.getParent());
            Files.copy(proven, copy);
        }
        for (var old : List.of(incomplete, unnamed, proven)) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(AGE)));
        }
        try (var _ = HubProcess.start(0, data)) {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (files().size() > 2 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(files()).containsExactlyInAnyOrder(proven, young);
        }
    }
}
