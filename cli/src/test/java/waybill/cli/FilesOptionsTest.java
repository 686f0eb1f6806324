package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import waybill.blob.Bucket;
import waybill.blob.BucketKey;
import waybill.server.FilesConfig;

/// Where images are stored, by the options of the operator.
class FilesOptionsTest {

    private static final Map<String, String> KEY =
            Map.of("AWS_ACCESS_KEY_ID", "AKIA1", "AWS_SECRET_ACCESS_KEY", "the-secret");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static FilesConfig config(Map<String, String> environment, String... options) {
        return CommandLine.populateCommand(new FilesOptions(), options).config(environment);
    }

    @Test
    void withoutOptionsImagesAreInTheDataDirectory() {
        assertThat(config(KEY)).isEqualTo(FilesConfig.defaults());
        assertThat(config(Map.of(), "--image-max", "5000").imageBytesMax()).isEqualTo(5_000);
    }

    @Test
    void aBucketHasItsKeyFromTheEnvironmentOrAFile() throws IOException {
        assertThat(config(KEY, "--s3-bucket", "proofs").bucket())
                .contains(new Bucket(
                        "proofs", "", Optional.empty(), "us-east-1", false, new BucketKey("AKIA1", "the-secret")));
        var file = Files.writeString(folder.resolve("key"), "AKIA2\r\nanother-secret\n\n");
        assertThat(config(
                                KEY,
                                "--s3-bucket=proofs",
                                "--s3-prefix=hub-1/",
                                "--s3-endpoint=http://localhost:9000",
                                "--s3-region=eu-north-1",
                                "--s3-path-style",
                                "--s3-key-file=" + file)
                        .bucket())
                .contains(new Bucket(
                        "proofs",
                        "hub-1/",
                        Optional.of("http://localhost:9000"),
                        "eu-north-1",
                        true,
                        new BucketKey("AKIA2", "another-secret")));
    }

    @Test
    void whatIsMissingOrWrongIsNamed() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--s3-bucket", "proofs"))
                .withMessageContaining("s3-bucket: proofs without a key (expected: AWS_ACCESS_KEY_ID and");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(KEY, "--s3-endpoint", "http://localhost:9000"))
                .withMessageContaining("s3-bucket: missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(KEY, "--s3-bucket", "Proofs"))
                .withMessageContaining("s3-bucket: Proofs (expected: 3 to 63 of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(KEY, "--s3-bucket", "proofs", "--s3-prefix", "hub"))
                .withMessageContaining("s3-prefix: hub (expected: names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(KEY, "--s3-bucket", "proofs", "--s3-endpoint", "localhost:9000"))
                .withMessageContaining("s3-endpoint: localhost:9000 (expected: the address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(KEY, "--s3-bucket", "proofs", "--s3-key-file", folder + "/absent"))
                .withMessageContaining("cannot be read");
        var secret = Files.writeString(folder.resolve("one-line"), "the-only-line");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(KEY, "--s3-bucket", "proofs", "--s3-key-file", secret.toString()))
                .withMessageContaining("without a key")
                .withMessageNotContaining("the-only-line");
    }
}
