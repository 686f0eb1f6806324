package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.journal.LogEntry;
import waybill.messaging.EventScope;
import waybill.order.HubEvent;
import waybill.storage.sql.StoreLimits;

/// A database from when users were told apart by id alone is opened.
class UsersByRoleMigrationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void createOldDatabase() throws SQLException {
        var url = "jdbc:sqlite:" + data.resolve("waybill.db").toAbsolutePath();
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:waybill/storage/schema")
                .target("1")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var row : List.of(
                    "store VALUES (1, 'acme')",
                    "recipient VALUES (1, 'user:jane'), (2, 'user:kari'), (3, 'role:driver'), (4, '*')",
                    "person VALUES ('kari', 'driver', 'Kari', '+47'), ('sue', 'support', NULL, NULL)",
                    "orders VALUES (1, zeroblob(16), 'WB-1', 1, 'm1', NULL, 'jane', 'driver:kari', 6, 1, 0,"
                            + " '{}', 0, NULL, 2, NULL, NULL, NULL)",
                    event(1, "1", 0, 1, null, null),
                    event(2, "1", 2, 6, "driver:kari", null),
                    event(3, "NULL", 7, 0, null, notification("kari")),
                    event(4, "NULL", 7, 0, null, notification("jane")),
                    "letter VALUES (1, 1), (1, 2), (2, 2), (2, 3), (1, 4), (3, 1)",
                    "device VALUES ('t1', 'kari', 'ios', 0), ('t2', 'jane', 'ios', 0)",
                    "revocation VALUES ('bob', 1000)",
                    "answer VALUES ('kari', 'k1', 'f', 201, '{}', 5), ('jane', 'k2', 'f', 201, '{}', 5)")) {
                statement.executeUpdate("INSERT INTO " + row);
            }
        }
    }

    private static String notification(String user) {
        return "{\"id\":\"00000000-0000-0001-0000-000000000002\",\"user\":\"" + user
                + "\",\"title\":\"t\",\"message\":\"m\",\"type\":\"info\"}";
    }

    private static String event(
            int position, String order, int kind, int state, @Nullable String driver, @Nullable String body) {
        return "event VALUES (" + position + ", " + order + ", 1, " + kind + ", 0, " + state + ", " + quoted(driver)
                + ", 0, '{}', " + quoted(body) + ", 'store:acme', 0, 0)";
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "NULL" : "'" + text + "'";
    }

    @Test
    void mailboxEntriesMigrateToTheUserOfTheRole() {
        try (var store = open()) {
            assertThat(listEvents(store, Role.CUSTOMER, "jane")).containsExactly(1L, 2L, 4L);
            assertThat(listEvents(store, Role.DRIVER, "kari")).containsExactly(1L, 2L, 3L);
            assertThat(listEvents(store, Role.CUSTOMER, "kari")).isEmpty();
            assertThat(listEvents(store, Role.MERCHANT, "jane")).isEmpty();
            assertThat(store.eventLog().listAfter(2, 2).stream()
                            .map(LogEntry::event)
                            .map(HubEvent.UserNotified.class::cast))
                    .extracting(HubEvent.UserNotified::user)
                    .containsExactly(new UserId(Role.DRIVER, "kari"), new UserId(Role.CUSTOMER, "jane"));
        }
    }

    @Test
    void peopleDevicesAndResponsesMigrateToARole() {
        try (var store = open()) {
            var kari = new UserId(Role.DRIVER, "kari");
            var jane = new UserId(Role.CUSTOMER, "jane");
            assertThat(store.directory().findPerson(kari).orElseThrow().name()).contains("Kari");
            assertThat(store.directory().findPerson(new UserId(Role.CUSTOMER, "kari")))
                    .isEmpty();
            assertThat(store.directory().listDevices(kari, 9)).hasSize(1);
            assertThat(store.directory().listDevices(jane, 9)).hasSize(1);
            assertThat(findResponse(store, kari, "k1")).isPresent();
            assertThat(findResponse(store, new UserId(Role.CUSTOMER, "kari"), "k1"))
                    .isEmpty();
            assertThat(findResponse(store, jane, "k2"))
                    .as("a request sent again is not done twice")
                    .isPresent();
        }
    }

    @Test
    void aRevocationMigratesToEveryRole() {
        try (var store = open()) {
            assertThat(store.directory().loadRevocations())
                    .hasSize(5)
                    .containsEntry(new UserId(Role.DRIVER, "bob"), Instant.ofEpochMilli(1_000));
        }
    }

    private Store open() {
        return Store.open(data, StoreLimits.defaults(), () -> {});
    }

    private static List<Long> listEvents(Store store, Role role, String id) {
        var principal = new Principal(id, role, null, null, role == Role.MERCHANT ? "elsewhere" : null);
        return store.eventLog().eventsFor(EventScope.of(principal), 0, 9, 9).stream()
                .map(LogEntry::sequence)
                .toList();
    }

    private static Optional<StoredResponse> findResponse(Store store, UserId user, String key) {
        return StoredResponses.find(store.journal(), user, key);
    }
}
