package waybill.storage.incident;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes the files in an incident file one after the other, and their hashes last.
final class IncidentWriter implements AutoCloseable {

    private final ZipOutputStream zip;
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private @Nullable String open;
    private MessageDigest digest = sha256();

    IncidentWriter(OutputStream out) {
        zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    /// Begins the rows of a table.
    void table(String name) throws IOException {
        begin(name + IncidentFile.ROWS);
        rows.put(name, 0L);
    }

    private void begin(String name) throws IOException {
        end();
        open = name;
        digest = sha256();
        zip.putNextEntry(new ZipEntry(name));
    }

    private void end() throws IOException {
        if (open != null) {
            zip.closeEntry();
            hashes.put(open, HexFormat.of().formatHex(digest.digest()));
            open = null;
        }
    }

    void row(String table, Map<String, ? extends @Nullable Object> values) throws IOException {
        line(IncidentRow.write(values));
        rows.merge(table, 1L, Long::sum);
    }

    private void line(String text) throws IOException {
        var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        zip.write(bytes);
    }

    Map<String, Long> rows() {
        return rows;
    }

    /// Writes the header and the hashes.
    void finish(Map<String, ? extends @Nullable Object> header) throws IOException {
        begin(IncidentFile.HEADER);
        line(IncidentRow.write(header));
        begin(IncidentFile.COUNTS);
        line(IncidentRow.write(rows));
        end();
        zip.putNextEntry(new ZipEntry(IncidentFile.SUMS));
        for (var hash : hashes.entrySet()) {
            zip.write((hash.getValue() + "  " + hash.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
