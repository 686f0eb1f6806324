package waybill.storage.incident;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import waybill.storage.backup.TargetDirectory;
import waybill.storage.sql.Disk;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.track.SqliteTrackLog;

/// An incident file: a ZIP archive of one file of rows for each table, `incident.json` with what it has, `rows.json`
/// with their numbers, and `SHA256SUMS` with the hashes of all of them, as `sha256sum --check` reads them.
public final class IncidentFile {

    static final String HEADER = "incident.json";
    static final String COUNTS = "rows.json";
    static final String SUMS = "SHA256SUMS";
    static final String ROWS = ".jsonl";

    /// What the names of tables of positions begin with: they are in a database of their own.
    static final String TRACKS = "tracks_";

    /// The form of the files in the archive.
    private static final String FORMAT = "waybill-incident-1";

    private static final String EXPECTED = " (expected: a file that ./waybill incident export has written, unchanged)";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) {2}([a-z_]{1,40}\\.jsonl?)");

    /// Rows that are inserted in one round.
    private static final int BATCH_MAX = 1_000;

    /// Characters of a line, which are more than those of the largest event.
    private static final int LINE_MAX = 64 << 20;

    private IncidentFile() {}

    static Map<String, @Nullable Object> header(Incident incident) {
        var header = new LinkedHashMap<String, @Nullable Object>();
        header.put("format", FORMAT);
        header.put("schema", incident.schema());
        header.put("from", incident.from().toString());
        header.put("to", incident.to().toString());
        header.put("order", incident.orderOrNone());
        header.put("redacted", incident.isRedacted() ? 1L : 0L);
        return header;
    }

    /// Makes a data directory of the file, which must be empty or not there. The hashes are compared before. Throws
    /// with what stands in the way; then `data` is as before.
    public static Incident restore(Path file, Path data) {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
                var directory = TargetDirectory.claim("data", data)) {
            var incident = verify(zip, file);
            requireKnownSchema(incident, file);
            insert(zip, incident, data);
            directory.complete();
            return incident;
        } catch (ZipException e) {
            throw new IllegalStateException("file: " + file + " is no whole archive: " + e.getMessage() + EXPECTED, e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "file: " + file + ": its rows cannot be stored in " + data + ": "
                            + SqliteFailures.SQLITE.describe(e) + EXPECTED,
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("file: " + file + ": " + e.getMessage(), e);
        }
    }

    private static void requireKnownSchema(Incident incident, Path file) {
        var newest = Database.newestSchema();
        if (MigrationVersion.fromVersion(incident.schema()).isNewerThan(newest)) {
            throw new IllegalStateException("file: " + file + " has schema " + incident.schema()
                    + " (expected: at most " + newest
                    + ", which this version of Waybill has; replay it with the version"
                    + " that wrote it)");
        }
    }

    /// Compares every file in the archive with its hash.
    private static Incident verify(ZipFile zip, Path file) throws IOException {
        var sums = new LinkedHashMap<String, String>();
        for (var line : lines(zip, SUMS, file)) {
            var sum = SUM.matcher(line);
            if (!sum.matches()) {
                throw changed(file, SUMS);
            }
            sums.put(sum.group(2), sum.group(1));
        }
        if (zip.size() != sums.size() + 1) {
            throw changed(file, "the list of its files");
        }
        for (var sum : sums.entrySet()) {
            if (!hash(zip, sum.getKey(), file).equals(sum.getValue())) {
                throw changed(file, sum.getKey());
            }
        }
        try {
            var header = IncidentRow.parse(lines(zip, HEADER, file).getFirst());
            if (!FORMAT.equals(header.get("format"))) {
                throw new IllegalStateException(
                        "file: " + file + " has the format " + header.get("format") + " (expected: " + FORMAT + ")");
            }
            var rows = new TreeMap<String, Long>();
            IncidentRow.parse(lines(zip, COUNTS, file).getFirst())
                    .forEach((name, count) -> rows.put(name, count instanceof Long number ? number : Long.valueOf(-1)));
            return new Incident(
                    String.valueOf(header.get("schema")),
                    Instant.parse(String.valueOf(header.get("from"))),
                    Instant.parse(String.valueOf(header.get("to"))),
                    header.get("order") instanceof String order ? order : null,
                    Long.valueOf(1).equals(header.get("redacted")),
                    rows);
        } catch (DateTimeParseException e) {
            throw changed(file, HEADER);
        }
    }

    private static IllegalStateException changed(Path file, String what) {
        return new IllegalStateException("file: " + file + ": " + what + " was changed, or is not there" + EXPECTED);
    }

    private static String hash(ZipFile zip, String name, Path file) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw changed(file, name);
        }
        try (var in = new DigestInputStream(zip.getInputStream(entry), IncidentWriter.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static List<String> lines(ZipFile zip, String name, Path file) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw changed(file, name);
        }
        try (var in = new BufferedReader(new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        }
    }

    private static void insert(ZipFile zip, Incident incident, Path data) throws SQLException, IOException {
        var database = Database.open(data, Disk.ofMachine());
        try (var writer = database.openWriter()) {
            var tracks = SqliteTrackLog.file(data);
            tracks.migrate();
            try (var trackWriter = tracks.openWriter()) {
                for (var table : incident.rows().keySet()) {
                    var isTrack = table.startsWith(TRACKS);
                    insert(
                            zip,
                            table,
                            isTrack ? table.substring(TRACKS.length()) : table,
                            isTrack ? trackWriter : writer);
                }
                trackWriter.commit();
            }
            writer.commit();
        } finally {
            database.close();
        }
    }

    private static void insert(ZipFile zip, String name, String table, Connection into)
            throws SQLException, IOException {
        var entry = zip.getEntry(name + ROWS);
        if (entry == null) {
            return;
        }
        try (var in = new BufferedReader(new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
            @Nullable PreparedStatement insert = null;
            var columns = List.<String>of();
            var waiting = 0;
            try {
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    var row = IncidentRow.parse(requireShort(line));
                    if (insert == null) {
                        columns = new ArrayList<>(row.keySet());
                        insert = into.prepareStatement(insertInto(table, columns));
                    }
                    for (var i = 0; i < columns.size(); i++) {
                        insert.setObject(i + 1, row.get(columns.get(i)));
                    }
                    insert.addBatch();
                    if (++waiting == BATCH_MAX) {
                        insert.executeBatch();
                        waiting = 0;
                    }
                }
                if (insert != null) {
                    insert.executeBatch();
                }
            } finally {
                if (insert != null) {
                    insert.close();
                }
            }
        }
    }

    private static String requireShort(String line) throws IOException {
        if (line.length() > LINE_MAX) {
            throw new IOException("a line of " + line.length() + " characters (expected: at most " + LINE_MAX + ")");
        }
        return line;
    }

    private static String insertInto(String table, List<String> columns) {
        return "INSERT INTO " + table + " (\"" + String.join("\", \"", columns) + "\") VALUES (?"
                + ", ?".repeat(columns.size() - 1) + ")";
    }
}
