package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.StorePorts.ACME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.geo.Address;
import waybill.journal.UnavailableException;
import waybill.order.Customer;
import waybill.order.OrderDetails;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderSearch;
import waybill.storage.sql.StoreLimits;

/// A database from when orders had no index of their words is opened: the schema of that version, with the rows of
/// orders.
class OrderWordsMigrationTest {

    private static final String VERSION_BEFORE = "20";

    /// More than a search reads without the index.
    private static final int ORDERS = 2_300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theOrdersOfAnEarlierVersionAreFound() throws IOException, SQLException {
        var old = folder.resolve("old");
        createOldDatabase(old);
        try (var store = open(old)) {
            assertThat(search(store, "storgata")).isEqualTo(names(ORDERS));
            assertThat(search(store, "WB-20260101-0007")).containsExactly("m6");
            assertThat(search(store, "bjorn")).containsExactly("m7");
            place(store, ORDERS, ORDERS + 1);
            assertThat(search(store, "storgata")).isEqualTo(names(ORDERS + 1));
        }
        try (var store = open(old)) {
            assertThat(search(store, "storgata")).isEqualTo(names(ORDERS + 1));
            assertThat(search(store, "ada storg")).hasSize(ORDERS).doesNotContain("m7");
        }
    }

    private static Store open(Path directory) {
        return Store.open(directory, StoreLimits.defaults(), () -> {});
    }

    /// The names of so many orders, the newest first.
    private static List<String> names(int orders) {
        return IntStream.range(0, orders).mapToObj(i -> "m" + i).toList().reversed();
    }

    private static void place(Store store, int from, int to) {
        var orders = new OrderFixture(store.journal());
        IntStream.range(from, to)
                .mapToObj(i -> orders.place(ACME, "m" + i, details(i == 7 ? "Bjørn" : "Ada"), NOON))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static OrderDetails details(String customer) {
        return new OrderDetails(
                new Customer("c", customer, null),
                Address.UNKNOWN,
                new Address("Storgata 1", null),
                List.of(),
                null,
                null);
    }

    private void createOldDatabase(Path old) throws IOException, SQLException {
        var today = folder.resolve("today");
        try (var store = open(today)) {
            place(store, 0, ORDERS);
        }
        Files.createDirectories(old);
        var url = "jdbc:sqlite:" + old.resolve("waybill.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:waybill/storage/schema")
                .target(VERSION_BEFORE)
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = OFF");
            statement.execute("ATTACH '" + today.resolve("waybill.db") + "' AS today");
            for (var table : List.of("store", "orders", "event", "day_count")) {
                var columns = String.join(", ", columns(connection, table));
                statement.executeUpdate("DELETE FROM main." + table);
                statement.executeUpdate(
                        "INSERT INTO main." + table + " (" + columns + ") SELECT " + columns + " FROM today." + table);
            }
        }
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA main.table_info(" + table + ")")) {
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
        }
        return names;
    }

    /// The names of all orders that are found, once those of the earlier version are indexed.
    private static List<String> search(Store store, String text) {
        var search = OrderSearch.parse(text).orElseThrow();
        var queries = store.orderQueries();
        while (true) {
            try {
                var found = new ArrayList<String>();
                var before = Long.MAX_VALUE;
                for (var hasMore = true; hasMore; ) {
                    var page = queries.search(search, new OrderFilter(new Scope.All(), Set.of(), before, 500));
                    page.matches()
                            .forEach(match -> found.add(queries.findOrder(match.order())
                                    .orElseThrow()
                                    .messageId()));
                    hasMore = page.hasMore();
                    before = page.nextPlacedBefore();
                }
                return found;
            } catch (UnavailableException _) {
                Thread.onSpinWait();
            }
        }
    }
}
