package waybill.server.proof;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import waybill.blob.Blob;
import waybill.blob.BlobStore;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.Proof;
import waybill.order.ProofText;

/// Writes the proofs of an order into one zip file, piece by piece: one piece of one image is in memory. Used by
/// one thread at a time.
public final class ProofArchive implements AutoCloseable {

    static final String FORMAT = "waybill-proof-archive-1";
    static final String MANIFEST = "manifest.json";
    static final String SIGNATURE = "manifest.sig";
    static final String PUBLIC_KEY = "public-key.pem";

    private static final int PIECE_BYTES = 64 << 10;
    private static final JsonFactory JSON = new JsonFactory();

    /// A part of the archive: its name, and how it is opened.
    private record Part(String name, Content content) {}

    @FunctionalInterface
    private interface Content {
        InputStream open() throws IOException;
    }

    private final Deque<Part> parts = new ArrayDeque<>();
    private final ByteArrayOutputStream produced = new ByteArrayOutputStream(2 * PIECE_BYTES);
    private final ZipOutputStream zip = new ZipOutputStream(produced);
    private final byte[] buffer = new byte[PIECE_BYTES];
    private @Nullable InputStream open;
    private boolean isFinished;

    private ProofArchive() {
        zip.setLevel(Deflater.NO_COMPRESSION); // images are compressed
    }

    /// The archive of an order.
    ///
    /// @param history all events of the order, oldest first
    public static ProofArchive of(
            Order order, List<LogEntry> history, SigningKey key, BlobStore blobs, Instant exportedAt) {
        var archive = new ProofArchive();
        var manifest = manifest(order, history, key, exportedAt).getBytes(StandardCharsets.UTF_8);
        archive.add(MANIFEST, manifest);
        archive.add(
                SIGNATURE,
                Base64.getEncoder().encodeToString(key.sign(manifest)).getBytes(StandardCharsets.US_ASCII));
        archive.add(PUBLIC_KEY, key.publicKey().pem().getBytes(StandardCharsets.US_ASCII));
        for (var entry : history) {
            if (entry.event() instanceof OrderEvent.ProofRecorded(var proof)) {
                proof.evidence()
                        .image()
                        .ifPresent(
                                image -> archive.parts.add(new Part(fileName(proof, image), () -> open(blobs, image))));
            }
        }
        return archive;
    }

    private void add(String name, byte[] content) {
        parts.add(new Part(name, () -> new ByteArrayInputStream(content)));
    }

    private static InputStream open(BlobStore blobs, Blob image) throws IOException {
        return blobs.open(image.id())
                .orElseThrow(() -> new IOException("image " + image.id() + ": not in the store of files"));
    }

    static String fileName(Proof proof, Blob image) {
        return "proof-" + proof.number() + "." + image.type().extension();
    }

    /// The next piece; empty at the end.
    public byte[] next() throws IOException {
        while (produced.size() < PIECE_BYTES && !isFinished) {
            advance();
        }
        var piece = produced.toByteArray();
        produced.reset();
        return piece;
    }

    private void advance() throws IOException {
        var current = open;
        if (current != null) {
            var count = current.read(buffer);
            if (count >= 0) {
                zip.write(buffer, 0, count);
                return;
            }
            current.close();
            open = null;
            zip.closeEntry();
        }
        var part = parts.poll();
        if (part == null) {
            zip.finish();
            isFinished = true;
        } else {
            var entry = new ZipEntry(part.name);
            entry.setTime(0); // the same order gives the same bytes, but for the time in the manifest
            zip.putNextEntry(entry);
            open = part.content.open();
        }
    }

    @Override
    public void close() throws IOException {
        var current = open;
        if (current != null) {
            current.close();
        }
        zip.close();
    }

    private static String manifest(Order order, List<LogEntry> history, SigningKey key, Instant exportedAt) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeStringField("exportedAt", ProofText.time(exportedAt));
            json.writeStringField("key", key.publicKey().fingerprint());
            write(order, json);
            json.writeArrayFieldStart("events");
            for (var entry : history) {
                write(entry, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("proofs");
            for (var entry : history) {
                if (entry.event() instanceof OrderEvent.ProofRecorded(var proof)) {
                    write(proof, json);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e); // a StringWriter takes everything
        }
        return text.toString();
    }

    private static void write(Order order, JsonGenerator json) throws IOException {
        var details = order.details();
        json.writeObjectFieldStart("order");
        json.writeStringField("orderId", order.id().toString());
        json.writeStringField("orderNumber", order.number());
        json.writeStringField("storeId", order.store());
        json.writeStringField("externalId", order.foreignId());
        if (details.customerOrNone() != null) {
            json.writeStringField("customerId", details.customerOrNone());
        }
        json.writeStringField("customerName", details.customerName());
        json.writeStringField("deliveryAddress", details.dropoff().text());
        json.writeStringField("status", order.state().wireName());
        json.writeStringField("placedAt", ProofText.time(order.placedAt()));
        json.writeArrayFieldStart("proofRequired");
        for (var kind : details.proofRequirement().sortedKinds()) {
            json.writeString(kind.wireName());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(LogEntry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("eventId", entry.sequence());
        json.writeStringField("event", entry.event().getClass().getSimpleName());
        json.writeStringField(
                "status", entry.order().map(order -> order.state().wireName()).orElse(""));
        json.writeStringField("by", entry.actor().toString());
        json.writeStringField("occurredAt", ProofText.time(entry.occurredAt()));
        json.writeStringField("receivedAt", ProofText.time(entry.receivedAt()));
        if (entry.event() instanceof OrderEvent.ProofRecorded(var proof)) {
            json.writeStringField("hash", proof.hash());
        }
        json.writeEndObject();
    }

    private static void write(Proof proof, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (var field : ProofText.fields(proof).entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
        }
        json.writeStringField("hash", proof.hash());
        var image = proof.evidence().imageOrNone();
        if (image != null) {
            json.writeStringField("file", fileName(proof, image));
        }
        json.writeEndObject();
    }
}
