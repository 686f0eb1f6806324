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
import waybill.directory.Answer;
import waybill.mailbox.Reader;
import waybill.order.HubEvent;
import waybill.order.LogEntry;

/// A database from when users were told apart by id alone is opened.
class UsersByRoleMigrationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @BeforeEach
    void anOldDatabase() throws SQLException {
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
    void lettersGoToTheUserOfTheRoleThatTheyAreFor() {
        try (var store = open()) {
            assertThat(news(store, Role.CUSTOMER, "jane")).containsExactly(1L, 2L, 4L);
            assertThat(news(store, Role.DRIVER, "kari")).containsExactly(1L, 2L, 3L);
            assertThat(news(store, Role.CUSTOMER, "kari")).isEmpty();
            assertThat(news(store, Role.MERCHANT, "jane")).isEmpty();
            assertThat(store.log().after(2, 2).stream().map(LogEntry::event).map(HubEvent.Notified.class::cast))
                    .extracting(HubEvent.Notified::user)
                    .containsExactly(new UserId(Role.DRIVER, "kari"), new UserId(Role.CUSTOMER, "jane"));
        }
    }

    @Test
    void peopleDevicesAndAnswersAreThoseOfARole() {
        try (var store = open()) {
            var kari = new UserId(Role.DRIVER, "kari");
            var jane = new UserId(Role.CUSTOMER, "jane");
            assertThat(store.directory().person(kari).orElseThrow().name()).contains("Kari");
            assertThat(store.directory().person(new UserId(Role.CUSTOMER, "kari")))
                    .isEmpty();
            assertThat(store.directory().devices(kari, 9)).hasSize(1);
            assertThat(store.directory().devices(jane, 9)).hasSize(1);
            assertThat(answer(store, kari, "k1")).isPresent();
            assertThat(answer(store, new UserId(Role.CUSTOMER, "kari"), "k1")).isEmpty();
            assertThat(answer(store, jane, "k2"))
                    .as("a request sent again is not done twice")
                    .isPresent();
        }
    }

    @Test
    void aRevocationCountsForEveryRole() {
        try (var store = open()) {
            assertThat(store.directory().revocations())
                    .hasSize(Role.values().length)
                    .containsEntry(new UserId(Role.DRIVER, "bob"), Instant.ofEpochMilli(1_000));
        }
    }

    private Store open() {
        return Store.open(data, Limits.defaults(), () -> {});
    }

    private static List<Long> news(Store store, Role role, String id) {
        var principal = new Principal(id, role, null, null, role == Role.MERCHANT ? "elsewhere" : null);
        return store.log().news(Reader.of(principal), 0, 9, 9).stream()
                .map(LogEntry::position)
                .toList();
    }

    private static Optional<Answer> answer(Store store, UserId user, String key) {
        return store.journal().submit(ledger -> ledger.answerTo(user, key)).join();
    }
}
