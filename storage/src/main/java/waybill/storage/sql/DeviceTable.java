package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import waybill.access.UserId;
import waybill.directory.Device;

/// The devices of users, on the writing connection.
public final class DeviceTable {

    public static final String OF_USER = """
            SELECT token, user_id, platform, registered_at, p256dh, auth, locale FROM device
            WHERE user_id = ? ORDER BY registered_at LIMIT ?
            """;

    private static final String OF_STORES = """
            SELECT store FROM asked WHERE EXISTS
            (SELECT 1 FROM person JOIN device ON device.user_id = person.role || ':' || person.id
             WHERE person.store = asked.store)
            """;

    /// More devices than any user is ever allowed, for the sake of a query that must have a limit.
    private static final int DEVICES_MAX = 10_000;

    private final PreparedStatement save;
    private final PreparedStatement deleteOldest;
    private final PreparedStatement delete;
    private final LoadedRows<UserId, Boolean> ofUsers;
    private final LoadedRows<String, Boolean> ofStores;

    public DeviceTable(Statements statements) throws SQLException {
        save = statements.prepare("""
                INSERT INTO device (token, user_id, platform, registered_at, p256dh, auth, locale)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (token) DO UPDATE SET user_id = excluded.user_id, platform = excluded.platform,
                registered_at = excluded.registered_at, p256dh = excluded.p256dh, auth = excluded.auth,
                locale = excluded.locale
                """);
        deleteOldest = statements.prepare("""
                DELETE FROM device WHERE token IN (SELECT token FROM device WHERE user_id = ?
                ORDER BY registered_at DESC, token LIMIT ? OFFSET ?)
                """);
        delete = statements.prepare("DELETE FROM device WHERE user_id = ? AND token = ?");
        ofUsers = new LoadedRows<>(
                new KeyedQuery<>(
                        statements,
                        "user_id",
                        "SELECT user_id FROM asked WHERE EXISTS (SELECT 1 FROM device d WHERE d.user_id = asked.user_id)",
                        (query, first, user) -> query.setString(first, user.toString())),
                row -> UserId.parse(row.getString(1)),
                _ -> true);
        ofStores = new LoadedRows<>(
                new KeyedQuery<>(
                        statements, "store", OF_STORES, (query, first, store) -> query.setString(first, store)),
                row -> row.getString(1),
                _ -> true);
    }

    public int save(Device device, int perUserMax) throws SQLException {
        clearCache();
        save.setString(1, device.token());
        save.setString(2, device.user().toString());
        save.setString(3, device.platform());
        save.setLong(4, device.registeredAt().toEpochMilli());
        save.setString(5, device.subscription().map(keys -> keys.p256dh()).orElse(null));
        save.setString(6, device.subscription().map(keys -> keys.auth()).orElse(null));
        save.setString(7, device.localeOrNone());
        save.executeUpdate();
        deleteOldest.setString(1, device.user().toString());
        deleteOldest.setInt(2, DEVICES_MAX);
        deleteOldest.setInt(3, perUserMax);
        return deleteOldest.executeUpdate();
    }

    public boolean delete(UserId user, String token) throws SQLException {
        clearCache();
        delete.setString(1, user.toString());
        delete.setString(2, token);
        return delete.executeUpdate() == 1;
    }

    /// Whether a user has a device.
    ///
    /// @param others users that the batch may ask for too: they are loaded with the first
    public boolean existsOf(UserId user, Contacts others) throws SQLException {
        if (!ofUsers.isLoaded(user)) {
            ofUsers.load(others.users());
        }
        return ofUsers.find(user).isPresent();
    }

    /// Whether a user of a store has a device.
    ///
    /// @param others stores that the batch may ask for too: they are loaded with the first
    public boolean existsOfStore(String store, Contacts others) throws SQLException {
        if (!ofStores.isLoaded(store)) {
            ofStores.load(others.stores());
        }
        return ofStores.find(store).isPresent();
    }

    /// A user of that store was saved.
    public void forgetStore(String store) {
        ofStores.remove(store);
    }

    /// A batch begins, devices have changed, or the transaction was rolled back.
    public void clearCache() {
        ofUsers.clear();
        ofStores.clear();
    }
}
