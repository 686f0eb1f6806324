package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.proof.ArchiveKey;
import waybill.server.proof.ArchiveVerifier;
import waybill.server.proof.SigningKey;
import waybill.server.rest.ApiTestClient;

/// The exported proofs of an order are verified without the hub, and each way to tamper with them is found.
class ProofExportTest {

    @TempDir
    private static Path data = Path.of("");

    @TempDir
    private static Path files = Path.of("");

    private static Map<String, byte[]> genuine = Map.of();
    private static Map<String, byte[]> ofAnotherOrder = Map.of();
    private static byte[] bytes = {};

    @BeforeAll
    static void export() throws IOException {
        try (var api = ApiTestClient.start(data)) {
            var scenario = new ProofScenario(api);
            bytes = export(scenario, 1);
            genuine = entries(bytes);
            ofAnotherOrder = entries(export(scenario, 10));
        }
    }

    @AfterAll
    static void forget() {
        genuine = Map.of();
    }

    private static byte[] export(ProofScenario scenario, int seed) {
        var order = scenario.inTransit("photo", "signature", "scan");
        var path = ProofScenario.ORDERS + "/" + order + "/proof";
        var place = "&latitude=59.9139&longitude=10.7522&recipient=Ada";
        scenario.prove(ProofScenario.DRIVER, order, "{\"kind\": \"scan\", \"code\": \"" + order + "\"}")
                .is(201);
        for (var kind : List.of("photo", "signature")) {
            var image = ProofScenario.jpeg(seed + kind.length(), 70_000);
            assertThat(scenario.upload(ProofScenario.DRIVER, path + "?kind=" + kind + place, "image/jpeg", image)
                            .statusCode())
                    .isEqualTo(201);
        }
        scenario.deliver(order);
        var answer = scenario.download(ProofScenario.STORE, path + "/export");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/zip");
        return answer.body();
    }

    private static Map<String, byte[]> entries(byte[] zip) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static ArchiveKey key() throws IOException {
        return SigningKey.read(SigningKey.file(data)).publicKey();
    }

    /// The names of the checks that fail.
    private static List<String> failures(Map<String, byte[]> entries) throws IOException {
        var file = Files.createTempFile(files, "proof", ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return failures(file);
    }

    private static List<String> failures(Path file) throws IOException {
        return ArchiveVerifier.verify(file, key()).stream()
                .filter(check -> !check.isPassed())
                .map(ArchiveVerifier.Check::name)
                .toList();
    }

    private static Map<String, byte[]> with(String name, UnaryOperator<byte[]> change) {
        var changed = new LinkedHashMap<>(genuine);
        changed.computeIfPresent(name, (_, content) -> change.apply(content));
        return changed;
    }

    private static Map<String, byte[]> withManifest(UnaryOperator<String> change) {
        return with("manifest.json", manifest -> {
            var before = new String(manifest, StandardCharsets.UTF_8);
            var after = change.apply(before);
            assertThat(after).isNotEqualTo(before);
            return after.getBytes(StandardCharsets.UTF_8);
        });
    }

    /// The proofs of a manifest, each as its text.
    private static List<String> proofs(String manifest) {
        var list = manifest.substring(manifest.indexOf("\"proofs\":[") + 10, manifest.length() - 2);
        return List.of(list.split("(?<=}),(?=\\{)"));
    }

    private static String withProofs(String manifest, List<String> proofs) {
        return manifest.substring(0, manifest.indexOf("\"proofs\":[") + 10) + String.join(",", proofs) + "]}";
    }

    @Test
    void aGenuineFilePassesAllChecks() throws IOException {
        assertThat(genuine.keySet())
                .containsExactly("manifest.json", "manifest.sig", "public-key.pem", "proof-2.jpg", "proof-3.jpg");
        assertThat(failures(genuine)).isEmpty();
        var file = Files.write(files.resolve("exported.zip"), bytes);
        assertThat(ArchiveVerifier.verify(file, null)).hasSize(10).allMatch(ArchiveVerifier.Check::isPassed);
    }

    @Test
    void aChangedPixelIsFound() throws IOException {
        assertThat(failures(with("proof-2.jpg", image -> {
                    var changed = image.clone();
                    changed[40_000] ^= 1;
                    return changed;
                })))
                .containsExactly("images");
    }

    @Test
    void swappedImagesAreFound() throws IOException {
        var swapped = new LinkedHashMap<>(genuine);
        swapped.put("proof-2.jpg", genuine.getOrDefault("proof-3.jpg", new byte[0]));
        swapped.put("proof-3.jpg", genuine.getOrDefault("proof-2.jpg", new byte[0]));
        assertThat(failures(swapped)).containsExactly("images");
    }

    @Test
    void aRemovedProofIsFound() throws IOException {
        var removed = withManifest(manifest -> {
            var proofs = proofs(manifest);
            return withProofs(manifest, List.of(proofs.get(0), proofs.get(2)));
        });
        assertThat(failures(removed)).contains("files", "signature", "chain", "events", "completeness");
        removed.remove("proof-2.jpg");
        assertThat(failures(removed)).contains("signature", "chain", "events", "completeness");
    }

    @Test
    void reorderedProofsAreFound() throws IOException {
        assertThat(failures(withManifest(
                        manifest -> withProofs(manifest, proofs(manifest).reversed()))))
                .contains("signature", "chain", "events");
    }

    @Test
    void aChangedPlaceTimeOrRecipientIsFound() throws IOException {
        for (var change : List.of(
                Map.entry("59.9139000", "59.9140000"),
                Map.entry("\"occurredAt\":\"20", "\"occurredAt\":\"19"),
                Map.entry("\"recipient\":\"Ada\"", "\"recipient\":\"Eve\""))) {
            var from = proofs(text("manifest.json")).get(1);
            assertThat(failures(withManifest(
                            manifest -> manifest.replace(from, from.replace(change.getKey(), change.getValue())))))
                    .containsExactly("signature", "hashes");
        }
        assertThat(failures(
                        withManifest(manifest -> manifest.replace("\"customerName\":\"", "\"customerName\":\"Eve"))))
                .as("the recipient of the order")
                .containsExactly("signature");
    }

    private static String text(String name) {
        return new String(genuine.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    @Test
    void anAppendedProofIsFound() throws IOException {
        var more = withManifest(manifest -> {
            var proofs = proofs(manifest);
            return withProofs(manifest, List.of(proofs.get(0), proofs.get(1), proofs.get(2), proofs.get(2)));
        });
        assertThat(failures(more)).contains("signature", "chain", "events");
        var file = new LinkedHashMap<>(genuine);
        file.put("proof-4.jpg", ProofScenario.jpeg(99, 1_000));
        assertThat(failures(file)).containsExactly("files");
    }

    @Test
    void aProofOfAnotherOrderIsFound() throws IOException {
        var foreign = new String(ofAnotherOrder.getOrDefault("manifest.json", new byte[0]), StandardCharsets.UTF_8);
        var mixed = withManifest(manifest -> {
            var proofs = proofs(manifest);
            return withProofs(manifest, List.of(proofs.get(0), proofs(foreign).get(1), proofs.get(2)));
        });
        mixed.put("proof-2.jpg", ofAnotherOrder.getOrDefault("proof-2.jpg", new byte[0]));
        assertThat(failures(mixed))
                .contains("signature", "order", "chain", "events")
                .doesNotContain("images");
    }

    /// The forger has computed all hashes anew, and signed with a key of its own.
    @Test
    void aManifestThatAnotherKeyHasSignedIsFound(@TempDir Path ofForger) throws IOException {
        var forger = SigningKey.open(ofForger, new SecureRandom());
        var forged = new LinkedHashMap<>(genuine);
        forged.put("public-key.pem", forger.publicKey().pem().getBytes(StandardCharsets.US_ASCII));
        var manifest = genuine.getOrDefault("manifest.json", new byte[0]);
        forged.put("manifest.sig", Base64.getEncoder().encode(forger.sign(manifest)));
        assertThat(failures(forged)).containsExactly("signature");
        var unchecked = Files.write(files.resolve("forged.zip"), new byte[0]);
        assertThat(failures(unchecked)).containsExactly("archive");
    }

    @Test
    void aTruncatedFileIsFound() throws IOException {
        for (var length : new int[] {0, 100, bytes.length / 2, bytes.length - 1}) {
            var file = Files.write(files.resolve("cut-" + length + ".zip"), Arrays.copyOf(bytes, length));
            assertThat(failures(file)).containsExactly("archive");
        }
    }
}
