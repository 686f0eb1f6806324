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

    /// More devices than any user is ever allowed, for the sake of a query that must have a limit.
    private static final int DEVICES_MAX = 10_000;

    private final PreparedStatement save;
    private final PreparedStatement deleteOldest;
    private final PreparedStatement delete;
    private final PreparedStatement existsOf;
    private final PreparedStatement existsOfStore;

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
        existsOf = statements.prepare("SELECT EXISTS (SELECT 1 FROM device WHERE user_id = ?)");
        existsOfStore = statements.prepare("""
                SELECT EXISTS (SELECT 1 FROM person JOIN device ON device.user_id = person.role || ':' || person.id
                WHERE person.store = ?)
                """);
    }

    public int save(Device device, int perUserMax) throws SQLException {
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
        delete.setString(1, user.toString());
        delete.setString(2, token);
        return delete.executeUpdate() == 1;
    }

    public boolean existsOf(UserId user) throws SQLException {
        return exists(existsOf, user.toString());
    }

    public boolean existsOfStore(String store) throws SQLException {
        return exists(existsOfStore, store);
    }

    private static boolean exists(PreparedStatement query, String name) throws SQLException {
        query.setString(1, name);
        try (var rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
