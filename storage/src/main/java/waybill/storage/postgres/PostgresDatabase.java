package waybill.storage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.storage.sql.SchemaFiles;

/// A database of a PostgreSQL server, with the schema of a hub.
///
/// A commit returns when it is on the server's disk, whatever the server's default is.
public final class PostgresDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    /// How long a host may take to accept a connection, before the next one is asked.
    private static final int CONNECT_TIMEOUT_S = 5;

    /// How long a connection may take until it can be used. A server that is paused, or that all nodes connect to at
    /// the same time on a busy machine, takes longer than to accept it. Connections that are given up too early are
    /// opened again and make it busier still, and none of them is ever there.
    private static final int LOGIN_TIMEOUT_S = 30;

    /// How long a statement may take to respond before its connection counts as lost.
    private static final int RESPONSE_TIMEOUT_S = 60;

    /// The server notices after some 20 s that the machine of a client has gone.
    private static final String KEEPALIVES =
            " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2";

    /// A writer that does not go on with its transaction for so long loses it, because all other writers wait for it:
    /// its process is paused, or its network is gone. The others must not wait until their leases expire.
    private static final String TRANSACTION_IDLE_MAX = "3s";

    /// A writer whose machine does not take what the server sends within that time, in milliseconds, loses its
    /// connection: the server does not count it as idle.
    private static final int UNACKNOWLEDGED_MAX_MS = 10_000;

    /// The server waits at most 10 s for a lock.
    private static final String WRITER_SETTINGS = "-c idle_in_transaction_session_timeout=" + TRANSACTION_IDLE_MAX
            + " -c tcp_user_timeout=" + UNACKNOWLEDGED_MAX_MS + " -c lock_timeout=10s -c jit=off" + KEEPALIVES;

    /// Readers have statements whose best plan depends on their values.
    private static final String READER_SETTINGS =
            "-c plan_cache_mode=force_custom_plan -c jit=off -c idle_in_transaction_session_timeout=60s";

    /// The folder of the files that make its tables, in the class path.
    private static final String SCHEMA = "waybill/storage/postgres";

    private final PostgresAddress address;

    private PostgresDatabase(PostgresAddress address) {
        this.address = address;
    }

    /// Brings the schema up to date. Throws with what stands in the way.
    public static PostgresDatabase open(PostgresAddress address) {
        var database = prepare(address);
        try {
            database.requireComplete();
            return database;
        } catch (SQLException e) {
            throw database.openFailure(e);
        }
    }

    /// The same for a migration, which may not be complete.
    public static PostgresDatabase prepare(PostgresAddress address) {
        var database = new PostgresDatabase(address);
        try {
            database.migrate();
        } catch (FlywayException e) {
            throw database.openFailure(e);
        }
        return database;
    }

    /// Connects, and says which server answers and what its tables are; throws with what stands in the way. Nothing is
    /// changed.
    public static String describe(PostgresAddress address) {
        var database = new PostgresDatabase(address);
        try (var connection = database.openListener()) {
            var info = database.flyway().info();
            var current = info.current();
            return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + ", schema "
                    + (current == null ? "none" : current.getVersion()) + ", "
                    + info.pending().length + " migrations to come";
        } catch (SQLException | FlywayException e) {
            throw database.openFailure(e);
        }
    }

    private void requireComplete() throws SQLException {
        try (var connection = dataSource("").getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1 FROM journal_head")) {
            if (!rows.next()) {
                throw new IllegalStateException(address + ": the migration of a hub's data into it is not complete"
                        + " (expected: one that is; run ./waybill migrate again)");
            }
        }
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(dataSource(""))
                .locations("classpath:" + SCHEMA)
                .ignoreMigrationPatterns(new String[0]) // also not those of the future
                .load();
    }

    private void migrate() {
        if (isCurrent()) {
            return;
        }
        var flyway = flyway();
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw Stream.of(flyway.info().applied())
                    .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                    .map(MigrationInfo::getVersion)
                    .max(Comparator.naturalOrder())
                    .<RuntimeException>map(version -> new IllegalStateException(address
                            + ": written by a newer hub, with schema " + version
                            + " (expected: a hub at least as new as that one, or the backup made before the upgrade)"))
                    .orElse(e);
        }
    }

    private boolean isCurrent() {
        try (var connection = dataSource("").getConnection()) {
            return new SchemaFiles(SCHEMA).haveMade(connection);
        } catch (SQLException _) {
            return false; // Flyway meets the same, and tells
        }
    }

    /// The failure without the password, and without what the server repeats of statements.
    public IllegalStateException openFailure(Exception failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new IllegalStateException(
                address + " cannot be opened: " + PostgresFailures.POSTGRES.describe(cause), failure);
    }

    /// A connection for a writer, on which no transaction has begun.
    public Connection openWriter() throws SQLException {
        var connection = dataSource(WRITER_SETTINGS).getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') = 'off'");
            try (var rows = statement.executeQuery("SHOW fsync")) {
                if (rows.next() && rows.getString(1).equals("off")) {
                    LOG.warn("PostgreSQL runs with fsync = off: what is acknowledged is lost when its machine fails");
                }
            }
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /// A connection for the positions of drivers, on which no transaction has begun. Its commits do not wait for the
    /// server's disk.
    public Connection openTrackWriter() throws SQLException {
        var connection =
                dataSource(WRITER_SETTINGS + " -c synchronous_commit=off").getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /// A connection for a migration, on which no transaction has begun.
    public Connection openImporter() throws SQLException {
        var source = dataSource(KEEPALIVES.strip());
        source.setReWriteBatchedInserts(true);
        source.setSocketTimeout(0); // a large table takes its time
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    PGSimpleDataSource readerSource() {
        var source = dataSource(READER_SETTINGS);
        source.setReadOnly(true);
        source.setDefaultRowFetchSize(ROWS_FETCHED);
        return source;
    }

    /// Rows that a reader fetches at once.
    private static final int ROWS_FETCHED = 512;

    Connection openListener() throws SQLException {
        return dataSource(READER_SETTINGS + KEEPALIVES).getConnection();
    }

    private PGSimpleDataSource dataSource(String settings) {
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.userOrNone());
        source.setPassword(address.passwordOrNone());
        source.setApplicationName("waybill");
        source.setConnectTimeout(CONNECT_TIMEOUT_S);
        source.setLoginTimeout(LOGIN_TIMEOUT_S);
        source.setSocketTimeout(RESPONSE_TIMEOUT_S);
        source.setTcpKeepAlive(true);
        if (!settings.isEmpty()) {
            source.setOptions(settings);
        }
        return source;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
