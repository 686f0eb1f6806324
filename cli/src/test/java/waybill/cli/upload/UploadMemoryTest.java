package waybill.cli.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;

/// Photos pass through a hub with a small heap, 20 at a time: no upload is in memory as a whole.
///
/// `-Dwaybill.uploads=200` makes a longer run.
class UploadMemoryTest {

    private static final int UPLOADS = Integer.getInteger("waybill.uploads", 60);
    private static final int PHOTO_BYTES = 3_000_000;
    private static final int AT_A_TIME = 20;

    /// A user has four transfers at most.
    private static final List<String> DRIVERS =
            List.of("driver:kari", "driver:noor", "driver:olu", "driver:pia", "driver:quin");

    @TempDir
    private Path data = Path.of("");

    @Test
    void manyLargePhotosAtATimeFitIntoASmallHeap() throws IOException, InterruptedException, ExecutionException {
        var jvm = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
        try (var hub = HubProcess.start(jvm, Map.of("WAYBILL_LOG_EVENTS", "OFF"), 0, data);
                var client = new ProofClient(hub.url());
                var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            var orders = new String[AT_A_TIME];
            for (var i = 0; i < orders.length; i++) {
                orders[i] = client.inTransit(driver(i));
            }
            var phones = IntStream.range(0, AT_A_TIME)
                    .mapToObj(phone -> (Callable<Integer>) () -> upload(client, orders[phone], phone));
            for (var uploads : threads.invokeAll(phones.toList())) {
                assertThat(uploads.get()).isEqualTo(UPLOADS / AT_A_TIME);
            }
            assertThat(photos()).isEqualTo(UPLOADS);
            assertThat(client.proofs(orders[0]).getJSONArray("proofs")).hasSize(UPLOADS / AT_A_TIME);
        }
    }

    private static String driver(int phone) {
        return DRIVERS.get(phone % DRIVERS.size());
    }

    /// Sends the photos of one phone, one after the other, and returns how many.
    private static int upload(ProofClient client, String order, int phone) {
        var count = 0;
        for (var number = phone; number < UPLOADS; number += AT_A_TIME) {
            var image = ProofClient.jpeg(PHOTO_BYTES);
            image[PHOTO_BYTES - 1] = (byte) number;
            var answer = client.begin(client.photo(driver(phone), order, BodyPublishers.ofByteArray(image)))
                    .join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            count++;
        }
        return count;
    }

    private long photos() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
