package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.messaging.Confirmation;
import waybill.order.OrderFilter;
import waybill.storage.sql.StoreLimits;

/// A database whose order numbers have no unique index is opened.
class OrderNumbersMigrationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void createOldDatabase() throws SQLException {
        Flyway.configure()
                .dataSource(url(), null, null)
                .locations("classpath:waybill/storage/schema")
                .target("9")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            for (var row : List.of(
                    "store VALUES (1, 'acme')",
                    order(1, "WB-1"),
                    order(2, "WB-1"),
                    order(3, "WB-3"),
                    event(1),
                    event(2),
                    event(3),
                    "receipt VALUES (2, 1, 2, 0, 0, NULL, NULL, NULL), (3, 1, 3, 0, 0, NULL, NULL, 9)")) {
                statement.executeUpdate("INSERT INTO " + row);
            }
        }
    }

    private static String order(int row, String number) {
        return "orders VALUES (" + row + ", randomblob(16), '" + number + "', 1, 'm" + row
                + "', NULL, NULL, NULL, 1, 1, 0, '{}', 0, NULL, " + row + ", NULL, NULL, NULL, '')";
    }

    private static String event(int position) {
        return "event VALUES (" + position + ", " + position + ", 1, 0, 0, 1, NULL, 0, '{}', NULL, 'store:acme', 0, 0)";
    }

    @Test
    void aNumberThatTwoOrdersHadStaysWithTheFirst() {
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            var filter = new OrderFilter(new OrderFilter.Scope.All(), Set.of(), Long.MAX_VALUE, 10);
            assertThat(store.orderQueries().listOrders(filter))
                    .extracting(listed -> listed.order().number())
                    .containsExactly("WB-3", "WB-1-2", "WB-1");
        }
    }

    @Test
    void theConfirmationsOfAStoreAreStillFound() {
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            assertThat(store.confirmations().search(Optional.of("acme"), Optional.empty(), 0, 10))
                    .extracting(Confirmation::eventId)
                    .containsExactly(2L, 3L);
            assertThat(store.confirmations()
                            .search(Optional.of("acme"), Optional.of(Confirmation.State.PENDING), 0, 10))
                    .extracting(Confirmation::eventId)
                    .containsExactly(2L);
        }
    }

    @Test
    void noSecondOrderGetsANumberThatIsTaken() throws SQLException {
        Store.open(data, StoreLimits.defaults(), () -> {}).close();
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            assertThatThrownBy(
                            () -> statement.executeUpdate("UPDATE orders SET number = 'WB-3' WHERE number <> 'WB-3'"))
                    .hasMessageContaining("orders.number");
        }
    }

    private String url() {
        return "jdbc:sqlite:" + data.resolve("waybill.db").toAbsolutePath();
    }
}
