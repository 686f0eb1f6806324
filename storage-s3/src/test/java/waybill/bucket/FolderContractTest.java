package waybill.bucket;

import java.io.IOException;
import java.nio.file.Files;
import waybill.blob.BlobStore;
import waybill.storage.blob.FolderBlobStore;

/// The folder does what the bucket does.
class FolderContractTest extends BlobStoreContract {

    @Override
    BlobStore open() {
        return FolderBlobStore.open(folder);
    }

    @Override
    long completeFiles() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count() - temporaryFiles();
        }
    }
}
