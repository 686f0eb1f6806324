package waybill.storage.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;
import waybill.storage.sql.PrivateFiles;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteCopy;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.track.SqliteTrackLog;

/// What a backup has: `backup.properties` with the version of the database and the numbers of rows, and `SHA256SUMS`
/// with the hash of every file, as `sha256sum --check` reads it.
///
/// @param schema the version of the database; empty without one
/// @param rows how many there are, by what they are
/// @param bytes of all files
public record BackupManifest(String schema, Map<String, Long> rows, List<BackupFile> files, long bytes) {

    /// A file of the backup.
    ///
    /// @param name its path in the backup
    public record BackupFile(String name, String sha256) {}

    private static final String SUMS = "SHA256SUMS";
    private static final String PROPERTIES = "backup.properties";

    /// The form of the two files and of what they name.
    private static final String FORMAT = "1";

    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *](\\S.*)");
    private static final String ROWS = "rows.";
    private static final String EXPECTED = " (expected: a directory that ./waybill backup has completed)";

    public BackupManifest {
        rows = Map.copyOf(rows);
        files = List.copyOf(files);
    }

    /// Writes the two files for what has been copied.
    static BackupManifest write(Path backup) throws IOException {
        var properties = new Properties();
        properties.setProperty("format", FORMAT);
        try {
            if (hasDatabase(backup)) {
                properties.setProperty("schema", new SqliteCopy(database(backup)).schema());
            }
            countRows(backup).forEach((name, number) -> properties.setProperty(ROWS + name, "" + number));
        } catch (SQLException e) {
            throw new IllegalStateException("backup: " + backup + ": " + SqliteFailures.SQLITE.describe(e), e);
        }
        try (var out = Files.newBufferedWriter(backup.resolve(PROPERTIES))) {
            properties.store(out, "A backup of a Waybill hub; ./waybill restore makes a data directory of it");
        }
        PrivateFiles.restrict(backup.resolve(PROPERTIES));
        var lines = new ArrayList<String>();
        for (var file : listFiles(backup)) {
            lines.add(FileHash.of(file) + "  " + backup.relativize(file));
        }
        Files.write(backup.resolve(SUMS), lines);
        PrivateFiles.restrict(backup.resolve(SUMS));
        return read(backup);
    }

    private static List<Path> listFiles(Path backup) throws IOException {
        try (var files = Files.walk(backup)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// Throws when the directory is no complete backup.
    static BackupManifest read(Path backup) {
        try {
            var files = new ArrayList<BackupFile>();
            var bytes = 0L;
            for (var line : Files.readAllLines(backup.resolve(SUMS))) {
                var file = parse(backup, line);
                bytes += Files.size(backup.resolve(file.name()));
                if (!file.name().equals(PROPERTIES)) {
                    files.add(file);
                } else if (!FileHash.of(backup.resolve(PROPERTIES)).equals(file.sha256())) {
                    throw new IllegalStateException(
                            "backup: " + backup.resolve(PROPERTIES) + " was changed" + EXPECTED);
                }
            }
            var properties = properties(backup);
            return new BackupManifest(properties.getProperty("schema", ""), rows(properties), files, bytes);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("backup: " + e.getMessage() + " is missing" + EXPECTED, e);
        } catch (IOException e) {
            throw new UncheckedIOException("backup: " + backup + ": " + e.getMessage(), e);
        }
    }

    private static BackupFile parse(Path backup, String line) {
        var sum = SUM.matcher(line);
        if (!sum.matches() || !backup.resolve(sum.group(2)).normalize().startsWith(backup.normalize())) {
            throw new IllegalStateException("backup: " + backup.resolve(SUMS) + ": a line that is no hash and file of"
                    + " the backup" + EXPECTED);
        }
        return new BackupFile(sum.group(2), sum.group(1));
    }

    private static Properties properties(Path backup) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(backup.resolve(PROPERTIES))) {
            properties.load(in);
        }
        var format = properties.getProperty("format", "none");
        if (!format.equals(FORMAT)) {
            throw new IllegalStateException("backup: " + backup + " has format " + format + " (expected: " + FORMAT
                    + "; restore it with the" + " version of Waybill that made it)");
        }
        return properties;
    }

    private static Map<String, Long> rows(Properties properties) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(ROWS))
                .collect(Collectors.toMap(
                        name -> name.substring(ROWS.length()), name -> Long.valueOf(properties.getProperty(name))));
    }

    /// How many orders, events and points of tracks there are in the databases of a directory.
    static Map<String, Long> countRows(Path directory) throws SQLException {
        var rows = new TreeMap<String, Long>();
        if (hasDatabase(directory)) {
            var database = new SqliteCopy(database(directory));
            rows.put("orders", database.countRows("orders"));
            rows.put("events", database.countRows("event"));
        }
        var tracks = SqliteTrackLog.file(directory).path();
        if (Files.isRegularFile(tracks)) {
            rows.put("track-points", new SqliteCopy(tracks).countRows("fix"));
        }
        return rows;
    }

    private static boolean hasDatabase(Path directory) {
        return Files.isRegularFile(database(directory));
    }

    private static Path database(Path directory) {
        return Database.file(directory).path();
    }

    /// What is in the backup, in one line after `done`.
    public String summary(String done) {
        var text = new StringJoiner(", ", done + " ", "")
                .add(files.size() + " files")
                .add(bytes + " bytes");
        new TreeMap<>(rows).forEach((name, number) -> text.add(number + " " + name));
        return text.toString();
    }

    /// Throws when this version of Waybill is too old for the database.
    void requireKnownSchema(Path backup) {
        var newest = Database.newestSchema();
        if (!schema.isEmpty() && MigrationVersion.fromVersion(schema).isNewerThan(newest)) {
            throw new IllegalStateException("backup: " + backup + " has schema " + schema + " (expected: at most "
                    + newest + ", which this version of Waybill has; restore it with the version that made it)");
        }
    }
}
