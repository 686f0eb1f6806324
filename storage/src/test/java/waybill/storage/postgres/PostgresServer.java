package waybill.storage.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server for all test classes of a run: one of its own, or that of the environment, whose user may create
/// databases. Each test class has a database of its own.
public final class PostgresServer {

    /// `postgresql://user:password@host:port/database`, of a database to connect to first.
    private static final String URL = "WAYBILL_TEST_POSTGRES";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable PostgresAddress started;

    private PostgresServer() {}

    /// The address of a new database, which is deleted when the run ends.
    public static PostgresAddress createDatabase() {
        var server = server();
        var name = "waybill_test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        execute(server, "CREATE DATABASE " + name);
        if (System.getenv(URL) != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> execute(server, "DROP DATABASE " + name)));
        }
        return server.withDatabase(name);
    }

    private static synchronized PostgresAddress server() {
        var known = started;
        if (known == null) {
            var url = System.getenv(URL);
            known = url == null ? start() : PostgresAddress.parse(url);
            started = known;
        }
        return known;
    }

    /// It ends with this process.
    private static PostgresAddress start() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("shared_buffers", "32MB")
                    .start();
            return PostgresAddress.parse("postgresql://postgres:postgres@localhost:" + server.getPort() + "/postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("no PostgreSQL for tests; " + URL + " may name one", e);
        }
    }

    /// The address with the user and its password.
    public static String url(PostgresAddress address) {
        return "postgresql://" + address.userOrNone() + ":" + address.passwordOrNone() + "@" + address.hosts() + "/"
                + address.database();
    }

    public static void execute(PostgresAddress address, String sql) {
        try (var connection = connect(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(address + ": " + sql, e);
        }
    }

    public static Connection connect(PostgresAddress address) throws SQLException {
        var properties = new Properties();
        if (address.userOrNone() != null) {
            properties.setProperty("user", address.userOrNone());
        }
        if (address.passwordOrNone() != null) {
            properties.setProperty("password", address.passwordOrNone());
        }
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    /// Deletes all rows, as if no hub had ever run.
    public static void clear(PostgresAddress address) {
        execute(address, """
                DO $$
                DECLARE name TEXT;
                BEGIN
                    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
                        AND tablename NOT IN ('flyway_schema_history', 'journal_head')
                    LOOP
                        EXECUTE format('DELETE FROM %I', name);
                    END LOOP;
                    PERFORM setval(format('%I', sequencename), 1, false) FROM pg_sequences WHERE schemaname = 'public';
                    DELETE FROM tracks.point;
                    UPDATE journal_head SET position = 0, commits = commits + 1;
                    INSERT INTO progress (name, position) VALUES ('checkpoints', 0);
                END
                $$
                """);
    }
}
