package waybill.server.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipFile;
import waybill.blob.BlobCheck;
import waybill.blob.BlobId;
import waybill.blob.BlobRejected;
import waybill.blob.BlobType;

/// Verifies an image of an archive against its proof, without holding it in memory.
final class ArchiveImage {

    private static final int BUFFER_BYTES = 64 << 10;

    private ArchiveImage() {}

    /// What is wrong with the image of a proof.
    static Optional<String> problem(ZipFile zip, JsonNode proof) {
        var entry = zip.getEntry(proof.path("file").asText());
        if (entry == null) {
            return Optional.of("its image is missing");
        }
        var type = BlobType.parse(proof.path("imageType").asText());
        if (type.isEmpty()) {
            return Optional.of("its image has no type that is known");
        }
        var size = proof.path("imageSize").asText();
        var check = new BlobCheck(type.get(), Long.MAX_VALUE);
        try (var in = zip.getInputStream(entry)) {
            var buffer = new byte[BUFFER_BYTES];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                check.add(buffer, 0, count);
            }
            var blob = check.complete(new BlobId(new UUID(0, 0)));
            if (!blob.sha256().equals(proof.path("imageSha256").asText())) {
                return Optional.of("its image has hash " + blob.sha256() + " (expected: "
                        + proof.path("imageSha256").asText() + ")");
            }
            return Long.toString(blob.size()).equals(size)
                    ? Optional.empty()
                    : Optional.of("its image has " + blob.size() + " bytes (expected: " + size + ")");
        } catch (IOException | BlobRejected e) {
            return Optional.of("its image cannot be read: " + e.getMessage());
        }
    }
}
