package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.OrderId;
import waybill.storage.sqlite.SqliteDialect;

/// Decisions are stored for a while, and not more of them than the disk is meant to hold.
class DecisionTableTest {

    private static final OrderId ORDER = new OrderId(new UUID(1, 1));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        var url = "jdbc:sqlite:" + data.resolve("waybill.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:waybill/storage/schema")
                .load()
                .migrate();
        connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void beyondTheMaximumTheOldestAreDeleted() throws SQLException {
        var table = new DecisionTable(new Statements(connection, SqliteDialect.SQLITE), 10);
        for (var i = 0; i < 25; i++) {
            table.save(ORDER, i, new byte[] {1});
        }
        assertThat(read("SELECT count(*) FROM dispatch_decision")).isEqualTo(10);
        assertThat(read("SELECT min(decided_at) FROM dispatch_decision")).isEqualTo(15);
    }

    @Test
    void anOldDecisionIsDeleted() throws SQLException {
        var table = new DecisionTable(new Statements(connection, SqliteDialect.SQLITE));
        table.save(ORDER, 0, new byte[] {1});
        table.save(ORDER, DecisionTable.RETENTION.toMillis(), new byte[] {1});
        assertThat(read("SELECT count(*) FROM dispatch_decision")).isEqualTo(2);
        table.save(ORDER, DecisionTable.RETENTION.toMillis() + 1, new byte[] {1});
        assertThat(read("SELECT count(*) FROM dispatch_decision")).isEqualTo(2);
    }

    private long read(String sql) throws SQLException {
        try (var query = connection.createStatement();
                var rows = query.executeQuery(sql)) {
            return rows.getLong(1);
        }
    }
}
