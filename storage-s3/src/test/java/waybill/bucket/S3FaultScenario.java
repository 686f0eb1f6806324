package waybill.bucket;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import waybill.blob.BlobStore;

/// A service that a test makes fail, with short limits.
abstract class S3FaultScenario {

    static final S3Limits LIMITS = new S3Limits(
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

    FakeS3 s3;
    final CountDownLatch closing = new CountDownLatch(1);
    final AtomicLong elapsedMs = new AtomicLong();

    @BeforeEach
    void start() throws IOException {
        s3 = FakeS3.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        s3.close();
    }

    BlobStore open() {
        return S3BlobStore.open(s3.bucket(), folder, LIMITS, elapsedMs::get);
    }

    long temporaryFiles() throws IOException {
        try (var files = Files.list(folder.resolve("incoming"))) {
            return files.count();
        }
    }

    boolean isSilent(HttpExchange exchange) throws IOException {
        try {
            closing.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return true;
    }

    static boolean breakOff(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 13);
        exchange.getResponseBody().write(new byte[5]);
        exchange.getResponseBody().flush();
        return true;
    }
}
