package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;

/// Writes the row of an order that has changed. A column that an index has is written only if it changes: the
/// database writes the entries of all indexes on a column that is assigned to, also when its value stays as it was.
final class OrderUpdates {

    private final PreparedStatement updateState;
    private final PreparedStatement updateDriver;
    private final PreparedStatement updateActive;
    private final PreparedStatement updateAll;

    OrderUpdates(Statements statements) throws SQLException {
        updateState = statements.prepare(sql(""));
        updateDriver = statements.prepare(sql(", driver = ?"));
        updateActive = statements.prepare(sql(", active = ?"));
        updateAll = statements.prepare(sql(", driver = ?, active = ?"));
    }

    private static String sql(String more) {
        return """
                UPDATE orders SET state = ?, paid = ?, version = ?, arrivals = ?, offers = ?, times = ?, proofs = ?,
                ready_at = coalesce(?, ready_at),
                in_transit_at = coalesce(?, in_transit_at), delivered_at = coalesce(?, delivered_at)""" + more + " WHERE order_row = ?";
    }

    void execute(OrderChange change, long row) throws SQLException {
        var before = change.beforeOrNone();
        var now = change.now();
        var isDriverChanged = before == null || !Objects.equals(before.driverOrNone(), now.driverOrNone());
        var isActiveChanged =
                before == null || before.state().isActive() != now.state().isActive();
        var statement = isDriverChanged
                ? (isActiveChanged ? updateAll : updateDriver)
                : (isActiveChanged ? updateActive : updateState);
        statement.setInt(1, EnumCodes.encode(now.state()));
        statement.setLong(2, EnumCodes.encodePaid(now));
        statement.setLong(3, now.lastSequence());
        statement.setString(4, ArrivalsJson.encode(now.arrivals()));
        statement.setString(5, OrderOffersJson.write(now.offers()));
        statement.setString(6, OrderTimesJson.encode(now.times()));
        statement.setString(7, ProofJson.encode(now.proofs()));
        OrderRow.setNullableLong(statement, 8, change.readyAtOrNone());
        OrderRow.setNullableLong(statement, 9, change.inTransitAtOrNone());
        OrderRow.setNullableLong(statement, 10, change.deliveredAtOrNone());
        var parameter = 11;
        if (isDriverChanged) {
            statement.setString(parameter++, OrderTable.toText(now.driverOrNone()));
        }
        if (isActiveChanged) {
            statement.setBoolean(parameter++, now.state().isActive());
        }
        statement.setLong(parameter, row);
        statement.executeUpdate();
    }
}
