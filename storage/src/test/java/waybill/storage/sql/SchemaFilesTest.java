package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.storage.sql.SchemaFiles.SchemaFile;

/// A database is current when Flyway has applied exactly the files of this program; Flyway judges all others.
class SchemaFilesTest {

    private static final String FOLDER = "waybill/storage/schema";
    private static final SchemaFiles FILES = new SchemaFiles(FOLDER);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aDatabaseThatFlywayHasBroughtUpToDateIsCurrent() throws SQLException {
        assertThat(FILES.read()).hasSizeGreaterThan(20);
        migrate();
        try (var connection = connect()) {
            assertThat(FILES.haveMade(connection)).isTrue();
        }
    }

    @Test
    void anEmptyDatabaseIsNotCurrent() throws SQLException {
        try (var connection = connect()) {
            assertThat(FILES.haveMade(connection)).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "DELETE FROM flyway_schema_history WHERE version = '24'",
                "UPDATE flyway_schema_history SET success = 0 WHERE version = '24'",
                "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '7'",
                "UPDATE flyway_schema_history SET script = 'V7__another.sql' WHERE version = '7'",
                "UPDATE flyway_schema_history SET checksum = NULL WHERE version = '7'",
                """
                INSERT INTO flyway_schema_history SELECT installed_rank + 100, '99', 'the future', type,
                'V99__the_future.sql', checksum, installed_by, installed_on, execution_time, success
                FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1""",
                """
                INSERT INTO flyway_schema_history SELECT installed_rank + 100, '99', 'the future', type,
                'V99__the_future.sql', checksum, installed_by, installed_on, execution_time, 0
                FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1"""
            })
    void aDatabaseWithAnotherHistoryIsNotCurrent(String change) throws SQLException {
        migrate();
        try (var connection = connect();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(change)).isEqualTo(1);
            assertThat(FILES.haveMade(connection)).isFalse();
        }
    }

    @Test
    void theFilesOfAJarAreThoseOfAFolder() throws IOException {
        var jar = folder.resolve("storage.jar");
        try (var entries = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var path : new String[] {"a/schema/", "a/schema/V2__two.sql", "a/schema/V1__one.sql", "a/other.sql"}) {
                entries.putNextEntry(new JarEntry(path));
                if (path.endsWith(".sql")) {
                    entries.write(path.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        var before = Files.createDirectories(folder.resolve("before/a/schema")); // of that name, without such files
        Files.createFile(before.resolve("Other.class"));
        var urls =
                new URL[] {folder.resolve("before").toUri().toURL(), jar.toUri().toURL()};
        try (var classPath = new URLClassLoader(urls, null)) {
            assertThat(new SchemaFiles("a/schema", classPath).read())
                    .containsExactly(
                            file("V1__one.sql", "a/schema/V1__one.sql"), file("V2__two.sql", "a/schema/V2__two.sql"));
        }
    }

    @Test
    void howLinesEndChangesNoChecksum() throws IOException {
        assertThat(file("V1__one.sql", "CREATE TABLE one (\r\n id int);\r\n"))
                .isEqualTo(file("V1__one.sql", "CREATE TABLE one (\n id int);"));
        assertThat(file("V1__one.sql", "CREATE TABLE one (id int);"))
                .isNotEqualTo(file("V1__one.sql", "CREATE TABLE two (id int);"));
    }

    private static SchemaFile file(String name, String text) throws IOException {
        return SchemaFile.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(url(), null, null)
                .locations("classpath:" + FOLDER)
                .load()
                .migrate();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("waybill.db");
    }
}
