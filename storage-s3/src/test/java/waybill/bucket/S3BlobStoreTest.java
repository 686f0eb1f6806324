package waybill.bucket;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import waybill.blob.BlobStore;

/// Files in a bucket whose service does what it is asked.
class S3BlobStoreTest extends BlobStoreContract {

    private FakeS3 s3;

    @BeforeEach
    void start() throws IOException {
        s3 = FakeS3.start();
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Override
    BlobStore open() {
        return S3BlobStore.open(s3.bucket(), folder, S3Limits.defaults(), () -> 0);
    }

    @Override
    long completeFiles() {
        return s3.files();
    }
}
