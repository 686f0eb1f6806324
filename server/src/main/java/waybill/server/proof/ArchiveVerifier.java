package waybill.server.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import waybill.order.Proof;
import waybill.order.ProofText;

/// Verifies the archive of an order's proofs without a hub. Each check has a result of its own, so that a report
/// says everything that is wrong.
public final class ArchiveVerifier {

    /// One check.
    ///
    /// @param problem what is wrong; empty if nothing is
    /// @param detail what was found, for a report
    public record Check(String name, Optional<String> problem, String detail) {

        public boolean isPassed() {
            return problem.isEmpty();
        }
    }

    /// A manifest and other text of an archive that is not an image.
    private static final int TEXT_BYTES_MAX = 16 << 20;

    /// How far the clock of a driver's device may be ahead of the hub's.
    private static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(10);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> FIXED_NAMES =
            Set.of(ProofArchive.MANIFEST, ProofArchive.SIGNATURE, ProofArchive.PUBLIC_KEY);

    private final List<Check> checks = new ArrayList<>();
    private final ZipFile zip;
    private final @Nullable ArchiveKey expectedKey;

    private ArchiveVerifier(ZipFile zip, @Nullable ArchiveKey expectedKey) {
        this.zip = zip;
        this.expectedKey = expectedKey;
    }

    /// Runs all checks that the file allows. The archive is genuine if all of them have passed.
    ///
    /// @param expectedKey the key of the hub; none if the key in the archive is to be believed
    public static List<Check> verify(Path file, @Nullable ArchiveKey expectedKey) {
        try (var zip = new ZipFile(file.toFile())) {
            var verifier = new ArchiveVerifier(zip, expectedKey);
            verifier.run();
            return List.copyOf(verifier.checks);
        } catch (IOException | RuntimeException e) {
            return List.of(new Check(
                    "archive",
                    Optional.of(
                            "cannot be read: " + e.getMessage() + " (expected: a whole file as the hub exports it)"),
                    ""));
        }
    }

    private void run() throws IOException {
        var manifestBytes = text(ProofArchive.MANIFEST);
        var manifest = MAPPER.readTree(manifestBytes);
        checkFormat(manifest);
        checkFiles(manifest);
        checkSignature(manifestBytes);
        var proofs = manifest.path("proofs").valueStream().toList();
        checkOrder(manifest, proofs);
        checkHashes(proofs);
        checkChain(proofs);
        checkEvents(manifest, proofs);
        checkImages(proofs);
        checkTimes(manifest, proofs);
        checkCompleteness(manifest, proofs);
    }

    private byte[] text(String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(TEXT_BYTES_MAX + 1);
            if (bytes.length > TEXT_BYTES_MAX) {
                throw new IOException(name + " has more than " + TEXT_BYTES_MAX + " bytes");
            }
            return bytes;
        }
    }

    private void add(String name, String detail, Stream<String> problems) {
        checks.add(new Check(name, problems.findFirst(), detail));
    }

    private void checkFormat(JsonNode manifest) {
        var format = manifest.path("format").asText();
        add(
                "format",
                format,
                Stream.of(format)
                        .filter(name -> !name.equals(ProofArchive.FORMAT))
                        .map(name -> "'" + name + "' (expected: " + ProofArchive.FORMAT + ")"));
    }

    /// The archive has what the manifest names, each once, and nothing else.
    private void checkFiles(JsonNode manifest) {
        var expected = new HashSet<>(FIXED_NAMES);
        manifest.path("proofs")
                .valueStream()
                .filter(proof -> proof.has("file"))
                .forEach(proof -> expected.add(proof.path("file").asText()));
        var names = zip.stream().map(Object::toString).toList();
        var problems = new ArrayList<String>();
        names.stream()
                .filter(name -> !expected.contains(name))
                .forEach(name -> problems.add(name + " is in the archive, and not in the manifest"));
        expected.stream().filter(name -> !names.contains(name)).forEach(name -> problems.add(name + " is missing"));
        if (new HashSet<>(names).size() < names.size()) {
            problems.add("a name is there twice");
        }
        add("files", names.size() + " in the archive", problems.stream());
    }

    private void checkSignature(byte[] manifest) throws IOException {
        var problems = new ArrayList<String>();
        var detail = "";
        try {
            var given = ArchiveKey.parse(new String(text(ProofArchive.PUBLIC_KEY), StandardCharsets.US_ASCII));
            var key = expectedKey == null ? given : expectedKey;
            detail = "by " + given.fingerprint() + (expectedKey == null ? ", a key that was not compared" : "");
            if (!given.key().equals(key.key())) {
                problems.add("by " + given.fingerprint() + " (expected: by " + key.fingerprint() + ")");
            } else if (!key.verifies(manifest, Base64.getDecoder().decode(text(ProofArchive.SIGNATURE)))) {
                problems.add("does not fit the manifest (expected: the manifest as the hub signed it)");
            }
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        add("signature", detail, problems.stream());
    }

    private void checkOrder(JsonNode manifest, List<JsonNode> proofs) {
        var order = manifest.path("order").path("orderId").asText();
        add(
                "order",
                order,
                proofs.stream()
                        .filter(proof -> !proof.path("order").asText().equals(order))
                        .map(proof -> name(proof) + " is of order "
                                + proof.path("order").asText() + " (expected: " + order + ")"));
    }

    private static String name(JsonNode proof) {
        return "proof " + proof.path("number").asText();
    }

    private void checkHashes(List<JsonNode> proofs) {
        add(
                "hashes",
                proofs.size() + " proofs",
                proofs.stream()
                        .filter(proof -> !ProofText.hash(ProofText.of(fields(proof)))
                                .equals(proof.path("hash").asText()))
                        .map(proof ->
                                name(proof) + " does not have its hash (expected: the fields as they were hashed)"));
    }

    private static Map<String, String> fields(JsonNode proof) {
        return ProofText.NAMES.stream()
                .filter(proof::has)
                .collect(Collectors.toMap(
                        field -> field, field -> proof.path(field).asText()));
    }

    private void checkChain(List<JsonNode> proofs) {
        var problems = new ArrayList<String>();
        var previous = Proof.NO_PREVIOUS;
        for (var i = 0; i < proofs.size(); i++) {
            var proof = proofs.get(i);
            if (!proof.path("number").asText().equals(Integer.toString(i + 1))) {
                problems.add(name(proof) + " is at place " + (i + 1));
            } else if (!proof.path("previous").asText().equals(previous)) {
                problems.add(name(proof) + " does not follow the one before it");
            }
            previous = proof.path("hash").asText();
        }
        add("chain", proofs.size() + " proofs", problems.stream());
    }

    /// Each proof is an event of the order, in the same order.
    private void checkEvents(JsonNode manifest, List<JsonNode> proofs) {
        var recorded = manifest.path("events")
                .valueStream()
                .filter(event -> event.has("hash"))
                .map(event -> event.path("hash").asText())
                .toList();
        var hashes = proofs.stream().map(proof -> proof.path("hash").asText()).toList();
        add(
                "events",
                manifest.path("events").size() + " events",
                Stream.of(recorded)
                        .filter(events -> !events.equals(hashes))
                        .map(events -> "the events have " + events.size() + " proofs, not these " + hashes.size()));
    }

    private void checkImages(List<JsonNode> proofs) {
        var images = proofs.stream()
                .filter(proof -> proof.has("file") || proof.has("imageSha256"))
                .toList();
        add(
                "images",
                images.size() + " images",
                images.stream()
                        .flatMap(proof ->
                                ArchiveImage.problem(zip, proof)
                                        .map(problem -> name(proof) + ": " + problem)
                                        .stream()));
    }

    /// Proofs were received one after the other, after the order was placed, and not before they happened.
    private void checkTimes(JsonNode manifest, List<JsonNode> proofs) {
        var problems = new ArrayList<String>();
        try {
            var earliest = Instant.parse(manifest.path("order").path("placedAt").asText());
            for (var proof : proofs) {
                var received = Instant.parse(proof.path("receivedAt").asText());
                var occurred = Instant.parse(proof.path("occurredAt").asText());
                if (received.isBefore(earliest)) {
                    problems.add(name(proof) + " was received before what precedes it");
                }
                if (occurred.isAfter(received.plus(CLOCK_AHEAD_MAX))) {
                    problems.add(name(proof) + " happened after it was received");
                }
                earliest = received;
            }
        } catch (DateTimeException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        add("times", "in order", problems.stream());
    }

    private void checkCompleteness(JsonNode manifest, List<JsonNode> proofs) {
        var order = manifest.path("order");
        var kinds = proofs.stream().map(proof -> proof.path("kind").asText()).collect(Collectors.toSet());
        var isDelivered = order.path("status").asText().equals("delivered");
        add(
                "completeness",
                isDelivered
                        ? "delivered with what was required"
                        : "the order is " + order.path("status").asText(),
                order.path("proofRequired")
                        .valueStream()
                        .map(JsonNode::asText)
                        .filter(kind -> isDelivered && !kinds.contains(kind))
                        .map(kind -> "a proof by " + kind + " was required and is missing"));
    }
}
