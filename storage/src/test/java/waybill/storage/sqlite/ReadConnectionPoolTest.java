package waybill.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.storage.sql.Disk;
import waybill.storage.sql.StorageException;
import waybill.storage.sql.StoreHealth;

class ReadConnectionPoolTest {

    private static final String COUNT = "SELECT count(*) FROM progress WHERE name = 'test'";

    private final List<String> prepared = new ArrayList<>();

    @TempDir
    private Path directory;

    private Database database;
    private ReadConnectionPool pool;
    private int opened;

    @BeforeEach
    void open() {
        database = Database.open(directory, new CountingDisk());
        opened = 0;
        pool = new ReadConnectionPool(database, new StoreHealth(SqliteFailures.SQLITE));
    }

    @AfterEach
    void close() {
        pool.close();
        database.close();
    }

    @Test
    void aStatementIsPreparedOnce() {
        assertThat(count()).isZero();
        assertThat(count()).isZero();
        assertThat(prepared).containsExactly(COUNT);
    }

    @Test
    void aReadThatLeavesItsRowsOpenDoesNotKeepTheNextOneInThePast() throws SQLException {
        pool.read(connection -> {
            try (var query = connection.prepare(COUNT)) {
                return query.executeQuery().next();
            }
        });
        try (var writer = database.openWriter();
                var insert = writer.createStatement()) {
            insert.executeUpdate("INSERT INTO progress (name, position) VALUES ('test', 1)");
            writer.commit();
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void twoStatementsWithTheSameTextAreReadBesideEachOther() {
        var both = pool.read(connection -> {
            try (var first = connection.prepare(COUNT);
                    var second = connection.prepare(COUNT);
                    var ofFirst = first.executeQuery();
                    var ofSecond = second.executeQuery()) {
                return ofFirst.next() && ofSecond.next() && ofFirst.getInt(1) == ofSecond.getInt(1);
            }
        });
        assertThat(both).isTrue();
        assertThat(prepared).hasSize(2);
        count();
        assertThat(prepared).hasSize(2);
    }

    @Test
    void parametersOfTheLastReadAreGone() {
        var sql = "SELECT ?1 IS NULL";
        pool.read(connection -> {
            try (var query = connection.prepare(sql)) {
                query.setString(1, "x");
                return query.executeQuery().next();
            }
        });
        var isNull = pool.query(sql, query -> {
            try (var rows = query.executeQuery()) {
                return rows.getBoolean(1);
            }
        });
        assertThat(isNull).isTrue();
    }

    @Test
    void aStatementThatFailedIsPreparedAgain() {
        var sql = "SELECT abs(?1)";
        assertThatThrownBy(() -> pool.query(sql, query -> {
                    query.setLong(1, Long.MIN_VALUE);
                    return query.executeQuery().next();
                }))
                .isInstanceOf(StorageException.class);
        var one = pool.query(sql, query -> {
            query.setLong(1, -1);
            try (var rows = query.executeQuery()) {
                return rows.getInt(1);
            }
        });
        assertThat(one).isEqualTo(1);
        assertThat(prepared).containsExactly(sql, sql);
    }

    @Test
    void theStatementThatHasWaitedLongestMakesRoom() {
        for (var i = 0; i <= ReadConnectionSlot.KEPT_MAX; i++) {
            count("SELECT count(*) FROM progress WHERE position > " + i);
        }
        prepared.clear();
        count("SELECT count(*) FROM progress WHERE position > " + ReadConnectionSlot.KEPT_MAX);
        assertThat(prepared).isEmpty();
        count("SELECT count(*) FROM progress WHERE position > 0");
        assertThat(prepared).hasSize(1);
    }

    @Test
    void aConnectionIsOpenedWhenAllOthersAreInUse() {
        count();
        count();
        assertThat(opened).isEqualTo(1);
        pool.read(_ -> {
            count();
            return true;
        });
        assertThat(opened).isEqualTo(2);
    }

    private int count() {
        return count(COUNT);
    }

    private int count(String sql) {
        return pool.query(sql, query -> {
            try (var rows = query.executeQuery()) {
                return rows.getInt(1);
            }
        });
    }

    /// The machine's disk, which counts the connections and lists what is prepared on them.
    private final class CountingDisk implements Disk {

        @Override
        public Connection connect(DataSource source) throws SQLException {
            opened++;
            var connection = source.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            prepared.add(String.valueOf(arguments[0]));
                        }
                        return method.invoke(connection, arguments);
                    });
        }

        @Override
        public void migrate(Path file, Runnable migration) {
            migration.run();
        }
    }
}
