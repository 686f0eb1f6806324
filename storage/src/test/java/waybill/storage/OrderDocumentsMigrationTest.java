package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.journal.LogEntry;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.OrderEvent;
import waybill.storage.sql.StoreLimits;

/// A database from when each event of an order had a text of its own is opened.
class OrderDocumentsMigrationTest {

    private static final String SENT = "{\"placed\":1}";
    private static final String OWN = "{\"driven\":1}";
    private static final String RENDERED = "{\"store\":\"acme\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void createOldDatabase() throws SQLException {
        var url = "jdbc:sqlite:" + data.resolve("waybill.db").toAbsolutePath();
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:waybill/storage/schema")
                .target("8")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var row : List.of(
                    "store VALUES (1, 'acme')",
                    order(1, "m1", 2, 3),
                    order(4, "m2", 6, 7),
                    event(1, 1, 0, 5, SENT),
                    event(2, 1, 3, 8, OWN),
                    event(3, 1, 3, 9, SENT),
                    event(4, 4, 0, 1, ""),
                    event(5, 4, 3, 5, RENDERED),
                    event(6, 4, 3, 8, RENDERED),
                    event(7, 4, 3, 9, OWN),
                    "mailbox VALUES (1, 1, 2, 1), (2, 1, 3, 1), (1, 1, 6, 1), (2, 1, 7, 1)")) {
                statement.executeUpdate("INSERT INTO " + row);
            }
        }
    }

    private static String order(int row, String messageId, int inTransitAt, int deliveredAt) {
        return "orders VALUES (" + row + ", CAST('" + "0".repeat(15) + row + "' AS BLOB), 'WB-1', 1, '" + messageId
                + "', NULL, NULL, 'driver:kari', 9, 0, 0, '{}', 0, NULL, " + deliveredAt + ", 1, " + inTransitAt + ", "
                + deliveredAt + ", '')";
    }

    private static String event(int position, int order, int kind, int state, String payload) {
        return "event VALUES (" + position + ", " + order + ", 1, " + kind + ", 0, " + state + ", 'driver:kari', 0, '"
                + payload + "', NULL, 'store:acme', 0, 0)";
    }

    @Test
    void theDocumentOfAnOrderMovesFromItsEventsToTheOrder() {
        try (var store = open()) {
            var entries = store.eventLog().listAfter(0, 10);
            assertThat(entries)
                    .extracting(OrderDocumentsMigrationTest::documentOfOrder)
                    .containsExactly(SENT, SENT, SENT, "", "", "", "");
            assertThat(entries)
                    .extracting(entry -> ((OrderEvent) entry.event()).document())
                    .containsExactly("", OWN, "", "", "", "", OWN);
        }
    }

    @Test
    void queuedMessagesKeepTheirDocuments() {
        try (var store = open()) {
            assertThat(documents(store, Topic.IN_TRANSIT)).containsExactly(OWN, "");
            assertThat(documents(store, Topic.DELIVERED)).containsExactly(SENT, OWN);
        }
    }

    private static List<String> documents(Store store, Topic topic) {
        return store.messageQueues().listMessages(new Queue("acme", topic), "no-reader", 0, 10, 10).stream()
                .map(QueuedMessage::document)
                .toList();
    }

    private static String documentOfOrder(LogEntry entry) {
        return entry.order().orElseThrow().details().document();
    }

    private Store open() {
        return Store.open(data, StoreLimits.defaults(), () -> {});
    }
}
