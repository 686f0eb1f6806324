package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.proof.ArchiveVerifier;
import waybill.server.rest.ApiTestClient;

/// Large images pass through the hub piece by piece: 60 MB of them are stored, exported as one file, and verified.
class ProofStreamingTest {

    private static final int PHOTOS = 20;
    private static final int PHOTO_BYTES = 3_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void manyLargePhotosAreStoredExportedAndVerified() throws IOException, InterruptedException {
        var image = ProofScenario.jpeg(1, PHOTO_BYTES);
        try (var api = ApiTestClient.start(folder.resolve("data"));
                var http = HttpClient.newHttpClient()) {
            var scenario = new ProofScenario(api);
            var order = scenario.inTransit("photo");
            for (var i = 0; i < PHOTOS; i++) {
                image[100] = (byte) i;
                assertThat(scenario.photo(ProofScenario.DRIVER, order, image).statusCode())
                        .isEqualTo(201);
            }
            var request = HttpRequest.newBuilder(api.uri(ProofScenario.ORDERS + "/" + order + "/proof/export"))
                    .header("authorization", "Bearer " + api.token(ProofScenario.STORE))
                    .build();
            var file = http.send(request, BodyHandlers.ofFile(folder.resolve("proof.zip")))
                    .body();
            assertThat(Files.size(file)).isGreaterThan((long) PHOTOS * PHOTO_BYTES);
            assertThat(ArchiveVerifier.verify(file, null)).allMatch(ArchiveVerifier.Check::isPassed);
        }
    }
}
