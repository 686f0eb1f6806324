package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.Offer;
import waybill.order.OrderFilter;
import waybill.order.OrderOffers;
import waybill.storage.sql.StoreLimits;

/// A database from when orders had no offers is opened.
class OffersMigrationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void anOrderThatWaitedForADriverIsOfferedToAll() throws SQLException {
        createOldDatabase();
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            var orders = store.orderQueries()
                    .listOrders(new OrderFilter(new OrderFilter.Scope.All(), Set.of(), Long.MAX_VALUE, 10));
            var toAll = Offer.toAll(1, Instant.ofEpochMilli(7), Optional.empty());
            assertThat(orders)
                    .extracting(listed -> listed.order().offers())
                    .containsExactly(
                            OrderOffers.NONE, OrderOffers.NONE, new OrderOffers(1, toAll, null, List.of(), List.of()));
        }
    }

    private void createOldDatabase() throws SQLException {
        var url = "jdbc:sqlite:" + data.resolve("waybill.db").toAbsolutePath();
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:waybill/storage/schema")
                .target("10")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var row : List.of(
                    "store VALUES (1, 'acme')",
                    order(1, 5, 1, "NULL"),
                    order(2, 6, 1, "'driver:kari'"),
                    order(3, 4, 1, "NULL"))) {
                statement.executeUpdate("INSERT INTO " + row);
            }
        }
    }

    private static String order(int row, int state, int active, String driver) {
        return "orders VALUES (" + row + ", X'" + new UUID(0, row).toString().replace("-", "") + "', 'WB-" + row
                + "', 1, 'm" + row + "', NULL, NULL, " + driver + ", " + state + ", " + active
                + ", 0, '{}', 7, NULL, " + row + ", NULL, NULL, NULL, '')";
    }
}
