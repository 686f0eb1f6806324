package waybill.storage.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import waybill.storage.sql.Disk;

/// The disk of a simulated machine: SQLite's files in a directory of this machine, without waiting for its disk. It
/// fails commits when it is to, and knows which part of each write-ahead log was synced, so that a power cut loses the
/// rest. Tables are created once and copied from then on. Not thread-safe.
public final class SimulatedDisk implements Disk {

    /// The content of new database files by their names, with their tables.
    private static final Map<String, byte[]> TEMPLATES = new ConcurrentHashMap<>();

    private final Supplier<CommitOutcome> outcomes;
    private final Runnable onKilled;
    private final Set<String> migrated = new HashSet<>();
    private final List<Connection> open = new ArrayList<>();
    private final Map<String, Long> syncedWalBytes = new HashMap<>(); // by the name of the file
    private boolean isDead;

    /// @param outcomes asked before each commit
    /// @param onKilled called when the process dies in a commit
    public SimulatedDisk(Supplier<CommitOutcome> outcomes, Runnable onKilled) {
        this.outcomes = outcomes;
        this.onKilled = onKilled;
    }

    @Override
    public void migrate(Path file, Runnable migration) {
        var name = file.getFileName().toString();
        if (!migrated.add(name)) {
            return;
        }
        try {
            var template = TEMPLATES.get(name);
            if (template == null) {
                migration.run();
                TEMPLATES.put(name, Files.readAllBytes(file));
            } else {
                Files.write(file, template);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Connection connect(DataSource source) throws SQLException {
        var connection = source.getConnection();
        if (!(source instanceof SQLiteDataSource sqlite)) {
            throw new IllegalArgumentException("a data source of another database");
        }
        var file = Path.of(sqlite.getUrl().substring("jdbc:sqlite:".length()));
        var isSynced = "FULL"
                .equals(sqlite.getConfig().toProperties().getProperty(SQLiteConfig.Pragma.SYNCHRONOUS.getPragmaName()));
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF"); // what is synced is simulated
        }
        open.add(connection);
        return (Connection) Proxy.newProxyInstance(
                SimulatedDisk.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        commit(connection, file, isSynced);
                        return null;
                    }
                    if (method.getName().equals("close")) {
                        open.remove(connection);
                    }
                    return invoke(connection, method, arguments);
                });
    }

    private Object invoke(Connection connection, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void commit(Connection connection, Path file, boolean isSynced) throws SQLException {
        if (isDead) {
            throw failure(SQLiteErrorCode.SQLITE_IOERR);
        }
        switch (outcomes.get()) {
            case COMMITTED -> commitNow(connection, file, isSynced);
            case FULL -> throw failure(SQLiteErrorCode.SQLITE_FULL);
            case FAILED -> throw failure(SQLiteErrorCode.SQLITE_IOERR);
            case UNREPORTED -> {
                commitNow(connection, file, isSynced);
                throw failure(SQLiteErrorCode.SQLITE_IOERR);
            }
            case KILLED_BEFORE -> kill();
            case KILLED_AFTER -> {
                commitNow(connection, file, isSynced);
                kill();
            }
        }
    }

    private void commitNow(Connection connection, Path file, boolean isSynced) throws SQLException {
        connection.commit();
        if (isSynced) {
            syncedWalBytes.put(file.getFileName().toString(), size(wal(file)));
        }
    }

    private void kill() throws SQLException {
        isDead = true;
        onKilled.run();
        throw failure(SQLiteErrorCode.SQLITE_IOERR);
    }

    private static SQLException failure(SQLiteErrorCode code) {
        return new SQLiteException(code.message, code);
    }

    private static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process has died: `target` becomes the directory of the next one, with what is on the disk, and nothing is
    /// committed any more to `source`.
    ///
    /// @param isPowerCut whether what was not synced is lost as well
    public void restart(Path source, Path target, boolean isPowerCut) {
        isDead = true;
        try {
            Files.createDirectories(target);
            try (var files = Files.list(source)) {
                for (var file : files.toList()) {
                    var name = file.getFileName().toString();
                    if (!name.endsWith("-shm") && !name.endsWith(".lock")) {
                        Files.copy(file, target.resolve(name));
                    }
                }
            }
            if (isPowerCut) {
                for (var name : migrated) {
                    truncate(wal(target.resolve(name)), syncedWalBytes.getOrDefault(name, 0L));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeAll();
        isDead = false;
    }

    private static void truncate(Path file, long bytes) throws IOException {
        if (size(file) > bytes) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(bytes);
            }
        }
    }

    /// Closes what a process that died has left open.
    public void closeAll() {
        for (var connection : open) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        open.clear();
    }
}
