package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.storage.Store;

/// A backlog of jobs is not read from its start to its end.
class JobPlansTest {

    @TempDir
    private static Path data = Path.of("");

    @Test
    void everyStatementOnJobsUsesAnIndexAndSortsNothing() throws SQLException {
        Store.open(data, StoreLimits.defaults(), () -> {}).close();
        var statements = new ArrayList<>(SqlOutboundJobs.QUERIES);
        statements.addAll(JobTable.STATEMENTS);
        statements.add(PendingJobs.COUNT);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.db"))) {
            for (var statement : statements) {
                assertThat(plan(connection, statement))
                        .as(statement)
                        .isNotEmpty()
                        .allSatisfy(step -> assertThat(step)
                                .matches("SEARCH outbound_job USING .*|SCALAR SUBQUERY .*|LIST SUBQUERY .*"
                                        + "|SEARCH outbound_job")) // the last for the greatest id
                        .noneMatch(step -> step.contains("TEMP B-TREE"));
            }
        }
    }

    private static List<String> plan(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            var steps = new ArrayList<String>();
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
            return steps;
        }
    }
}
