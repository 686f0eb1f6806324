package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Shift;
import waybill.directory.Vehicle;
import waybill.journal.Read;

/// The drivers, their status and their shifts, as their rows have them.
public final class DriverTable {

    public static final String SELECT =
            "SELECT driver, status, since, capacity, vehicle, area, shift_ends_at FROM driver_state WHERE driver ";

    private final LoadedRows<String, DriverState> rows;
    private final PreparedStatement save;

    public DriverTable(Statements statements) throws SQLException {
        rows = new LoadedRows<>(
                new KeyedQuery<>(
                        statements,
                        "name",
                        SELECT + "IN (SELECT name FROM asked)",
                        (query, first, driver) -> query.setString(first, driver)),
                row -> row.getString(1),
                DriverTable::driver);
        save = statements.prepare("""
                INSERT INTO driver_state (driver, status, since, capacity, vehicle, area, shift_ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (driver) DO UPDATE SET status = excluded.status, since = excluded.since,
                capacity = excluded.capacity, vehicle = excluded.vehicle, area = excluded.area,
                shift_ends_at = excluded.shift_ends_at
                """);
    }

    /// Loads in one round those that a batch reads.
    public void load(Set<Read> reads) throws SQLException {
        rows.startBatch(reads.stream()
                .filter(Read.OfDriver.class::isInstance)
                .map(read -> ((Read.OfDriver) read).driver())
                .toList());
    }

    public Optional<DriverState> find(String driver) throws SQLException {
        return rows.find(driver);
    }

    /// The transaction was rolled back.
    public void clearCache() {
        rows.clear();
    }

    public int save(DriverState driver) throws SQLException {
        var shift = driver.shift();
        rows.put(driver.driver(), driver);
        save.setString(1, driver.driver());
        save.setString(2, driver.status().wireName());
        save.setLong(3, driver.since().toEpochMilli());
        save.setInt(4, shift.capacity());
        save.setString(5, shift.vehicle().wireName());
        save.setString(6, shift.area().map(AreaText::write).orElse(null));
        if (shift.endsAtOrNone() == null) {
            save.setNull(7, Types.INTEGER);
        } else {
            save.setLong(7, shift.endsAtOrNone().toEpochMilli());
        }
        return save.executeUpdate();
    }

    public static DriverState driver(ResultSet row) throws SQLException {
        var status = row.getString(2);
        var vehicle = row.getString(5);
        var area = row.getString(6);
        var shift = new Shift(
                row.getInt(4),
                Vehicle.parse(vehicle).orElseThrow(() -> EnumCodes.unknownCode("vehicle", vehicle)),
                area == null ? null : AreaText.read(area),
                end(row));
        return new DriverState(
                row.getString(1),
                DriverStatus.parse(status).orElseThrow(() -> EnumCodes.unknownCode("status", status)),
                Instant.ofEpochMilli(row.getLong(3)),
                shift);
    }

    private static @Nullable Instant end(ResultSet row) throws SQLException {
        var end = row.getLong(7);
        return row.wasNull() ? null : Instant.ofEpochMilli(end);
    }
}
