package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookEndpoint.Disabled;
import waybill.outbound.WebhookEndpoint.Retired;
import waybill.outbound.WebhookEndpoints;
import waybill.outbound.WebhookSecret;

/// The endpoints of webhooks, on the writing connection. They are read for each event, so they are in memory. Belongs
/// to the journal's thread.
public final class WebhookTable {

    private static final String SELECT = """
            SELECT id, url, events, store, description, created_at, secret, old_secret, old_secret_till, disabled_at,
            disabled_reason, failing_since FROM webhook_endpoint
            """;

    private static final String LIST = SELECT + "ORDER BY id";

    private static final String FIND = SELECT + "WHERE id = ?";

    private final PreparedStatement list;
    private final PreparedStatement save;
    private final PreparedStatement delete;
    private @Nullable List<WebhookEndpoint> known;

    WebhookTable(Statements statements) throws SQLException {
        list = statements.prepare(LIST);
        save = statements.prepare("""
                INSERT INTO webhook_endpoint (id, url, events, store, description, created_at, secret,
                old_secret, old_secret_till, disabled_at, disabled_reason, failing_since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET url = excluded.url, events = excluded.events, store = excluded.store,
                description = excluded.description, created_at = excluded.created_at, secret = excluded.secret,
                old_secret = excluded.old_secret, old_secret_till = excluded.old_secret_till,
                disabled_at = excluded.disabled_at, disabled_reason = excluded.disabled_reason,
                failing_since = excluded.failing_since
                """);
        delete = statements.prepare("DELETE FROM webhook_endpoint WHERE id = ?");
    }

    List<WebhookEndpoint> list() throws SQLException {
        var all = known;
        if (all == null) {
            all = List.copyOf(DirectoryRows.list(list, WebhookTable::endpoint));
            known = all;
        }
        return all;
    }

    int save(WebhookEndpoint endpoint) throws SQLException {
        clearCache();
        save.setString(1, endpoint.id());
        save.setString(2, endpoint.url());
        save.setString(3, String.join(",", new TreeSet<>(endpoint.events())));
        save.setString(4, endpoint.storeOrNone());
        save.setString(5, endpoint.description());
        save.setLong(6, endpoint.createdAt().toEpochMilli());
        save.setString(7, endpoint.secret().value());
        var retired = endpoint.retiredOrNone();
        save.setString(8, retired == null ? null : retired.secret().value());
        setTime(9, retired == null ? null : retired.until());
        var disabled = endpoint.disabledOrNone();
        setTime(10, disabled == null ? null : disabled.at());
        save.setString(11, disabled == null ? null : disabled.reason());
        setTime(12, endpoint.failingSinceOrNone());
        return save.executeUpdate();
    }

    private void setTime(int parameter, @Nullable Instant time) throws SQLException {
        save.setObject(parameter, time == null ? null : time.toEpochMilli(), Types.BIGINT);
    }

    boolean delete(String id) throws SQLException {
        clearCache();
        delete.setString(1, id);
        return delete.executeUpdate() == 1;
    }

    void clearCache() {
        known = null;
    }

    /// The same as committed, for any thread.
    public static WebhookEndpoints queries(ReadConnections readers) {
        return new WebhookEndpoints() {
            @Override
            public List<WebhookEndpoint> listWebhooks() {
                return readers.query(LIST, query -> DirectoryRows.list(query, WebhookTable::endpoint));
            }

            @Override
            public Optional<WebhookEndpoint> findWebhook(String id) {
                return readers.query(FIND, query -> DirectoryRows.findByName(query, id, WebhookTable::endpoint));
            }
        };
    }

    private static WebhookEndpoint endpoint(ResultSet row) throws SQLException {
        var events = row.getString(3);
        var retired = row.getString(8);
        var disabledAt = time(row, 10);
        var retiredUntil = time(row, 9);
        return new WebhookEndpoint(
                row.getString(1),
                row.getString(2),
                events.isEmpty() ? Set.of() : Set.of(events.split(",")),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                new WebhookSecret(row.getString(7)),
                retired == null || retiredUntil == null ? null : new Retired(new WebhookSecret(retired), retiredUntil),
                disabledAt == null ? null : new Disabled(disabledAt, row.getString(11)),
                time(row, 12));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        var ms = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(ms);
    }
}
