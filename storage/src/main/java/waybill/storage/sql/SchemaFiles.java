package waybill.storage.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/// The files that make the tables of a database. A start of Flyway takes longer than all else that a store does when it
/// opens, and is not needed when the database says that exactly these files have made its tables. Flyway judges
/// everything else: a file to come, one that has changed, one that failed, and one of a newer hub.
public final class SchemaFiles {

    private static final String SUFFIX = ".sql";

    private static final String APPLIED =
            "SELECT script, checksum FROM flyway_schema_history WHERE success ORDER BY script";

    private static final String COUNT = "SELECT count(*) FROM flyway_schema_history";

    /// A file, with the checksum that Flyway stores of it.
    record SchemaFile(String name, int checksum) {

        /// Flyway leaves out how lines end, so that a checkout on another system changes nothing.
        static SchemaFile read(String name, InputStream content) throws IOException {
            var crc = new CRC32();
            try (var lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    crc.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
            return new SchemaFile(name, (int) crc.getValue());
        }
    }

    private final String folder;
    private final ClassLoader classPath;

    /// @param folder in the class path
    public SchemaFiles(String folder) {
        this(folder, SchemaFiles.class.getClassLoader());
    }

    SchemaFiles(String folder, ClassLoader classPath) {
        this.folder = folder;
        this.classPath = classPath;
    }

    /// Whether exactly these files have made the tables. A database that does not answer is not current.
    public boolean haveMade(Connection connection) {
        try (var statement = connection.createStatement()) {
            var files = read();
            int rows;
            try (var count = statement.executeQuery(COUNT)) {
                rows = count.next() ? count.getInt(1) : 0;
            }
            try (var applied = statement.executeQuery(APPLIED)) {
                return rows == files.size() && files.equals(list(applied));
            }
        } catch (SQLException _) {
            return false; // no such table, or what Flyway meets next
        }
    }

    private static List<SchemaFile> list(ResultSet rows) throws SQLException {
        var applied = new ArrayList<SchemaFile>();
        while (rows.next()) {
            applied.add(new SchemaFile(rows.getString(1), rows.getInt(2)));
        }
        applied.sort(Comparator.comparing(SchemaFile::name)); // a server may sort by the rules of a language
        return applied;
    }

    /// All files, by name. More than one part of the class path may have a folder of that name.
    List<SchemaFile> read() {
        try {
            var files = new ArrayList<SchemaFile>();
            for (var url : Collections.list(classPath.getResources(folder))) {
                files.addAll(url.getProtocol().equals("jar") ? readJar(url) : readFolder(url.toURI()));
            }
            if (files.isEmpty()) {
                throw new IllegalStateException(
                        folder + ": missing in the class path (expected: the files of a schema)");
            }
            files.sort(Comparator.comparing(SchemaFile::name));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(folder, e);
        }
    }

    private List<SchemaFile> readJar(URL url) throws IOException {
        var files = new ArrayList<SchemaFile>();
        var connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false); // it would stay open
        try (var jar = connection.getJarFile()) {
            for (var entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                var name = entry.getName();
                if (name.startsWith(folder + "/") && name.endsWith(SUFFIX)) {
                    files.add(SchemaFile.read(name.substring(folder.length() + 1), jar.getInputStream(entry)));
                }
            }
        }
        return files;
    }

    private static List<SchemaFile> readFolder(URI uri) throws IOException {
        var files = new ArrayList<SchemaFile>();
        try (var paths = Files.newDirectoryStream(Path.of(uri), "*" + SUFFIX)) {
            for (var path : paths) {
                files.add(SchemaFile.read(path.getFileName().toString(), Files.newInputStream(path)));
            }
        }
        return files;
    }
}
