package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.Person;
import waybill.directory.WebSubscription;
import waybill.geo.Address;
import waybill.geo.Position;

/// How stores, people and devices stand in their rows.
public final class DirectoryRows {

    public static final String BUSINESS =
            "SELECT store, name, keeper, address, latitude, longitude, is_open, notes FROM business WHERE store = ?";
    public static final String PERSON_COLUMNS = "id, role, name, phone, store, email, locale";
    public static final String PERSON = "SELECT " + PERSON_COLUMNS + " FROM person WHERE role = ? AND id = ?";

    /// How one row is read.
    public interface RowMapper<T> {
        T read(ResultSet row) throws SQLException;
    }

    private DirectoryRows() {}

    public static <T> List<T> list(PreparedStatement query, RowMapper<T> row) throws SQLException {
        try (var rows = query.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        }
    }

    public static <T> Optional<T> findByName(PreparedStatement query, String name, RowMapper<T> row)
            throws SQLException {
        query.setString(1, name);
        try (var rows = query.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    public static Optional<Person> person(PreparedStatement query, UserId user) throws SQLException {
        query.setString(2, user.id());
        return findByName(query, user.role().wireName(), DirectoryRows::person);
    }

    public static Business business(ResultSet row) throws SQLException {
        var address = new Address(row.getString(4), position(row), row.getString(8));
        return new Business(row.getString(1), row.getString(2), row.getString(3), address, row.getBoolean(7));
    }

    private static @Nullable Position position(ResultSet row) throws SQLException {
        var latitude = row.getDouble(5);
        return row.wasNull() ? null : new Position(latitude, row.getDouble(6));
    }

    public static Person person(ResultSet row) throws SQLException {
        var role = row.getString(2);
        return new Person(
                row.getString(1),
                Role.parse(role).orElseThrow(() -> EnumCodes.unknownCode("role", role)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7));
    }

    public static Device device(ResultSet row) throws SQLException {
        return new Device(
                row.getString(1),
                UserId.parse(row.getString(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                subscription(row),
                row.getString(7));
    }

    private static @Nullable WebSubscription subscription(ResultSet row) throws SQLException {
        var key = row.getString(5);
        return key == null ? null : new WebSubscription(row.getString(1), key, row.getString(6));
    }
}
