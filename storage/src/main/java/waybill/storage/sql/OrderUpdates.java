package waybill.storage.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/// Writes the rows of orders that have changed, in one round. A column that an index has is written only if it changes:
/// the
/// database writes the entries of all indexes on a column that is assigned to, also when its value stays as it was.
final class OrderUpdates {

    private final BatchedStatement updateState;
    private final BatchedStatement updateDriver;
    private final BatchedStatement updateActive;
    private final BatchedStatement updateAll;

    OrderUpdates(Statements statements) throws SQLException {
        updateState = new BatchedStatement(statements, sql(""));
        updateDriver = new BatchedStatement(statements, sql(", driver = ?"));
        updateActive = new BatchedStatement(statements, sql(", active = ?"));
        updateAll = new BatchedStatement(statements, sql(", driver = ?, active = ?"));
    }

    private static String sql(String more) {
        return """
                UPDATE orders SET state = ?, paid = ?, version = ?, arrivals = ?, offers = ?, times = ?, proofs = ?,
                ready_at = coalesce(?, ready_at),
                in_transit_at = coalesce(?, in_transit_at), delivered_at = coalesce(?, delivered_at)""" + more + " WHERE order_row = ?";
    }

    void add(OrderChange change, long row) throws SQLException {
        var before = change.beforeOrNone();
        var now = change.now();
        var isDriverChanged = before == null || !Objects.equals(before.driverOrNone(), now.driverOrNone());
        var isActiveChanged =
                before == null || before.state().isActive() != now.state().isActive();
        var statement = isDriverChanged
                ? (isActiveChanged ? updateAll : updateDriver)
                : (isActiveChanged ? updateActive : updateState);
        statement.add(update -> {
            update.setInt(1, EnumCodes.encode(now.state()));
            update.setLong(2, EnumCodes.encodePaid(now));
            update.setLong(3, now.lastSequence());
            update.setString(4, ArrivalsJson.encode(now.arrivals()));
            update.setString(5, OrderOffersJson.write(now.offers()));
            update.setString(6, OrderTimesJson.encode(now.times()));
            update.setString(7, ProofJson.encode(now.proofs()));
            OrderRow.setNullableLong(update, 8, change.readyAtOrNone());
            OrderRow.setNullableLong(update, 9, change.inTransitAtOrNone());
            OrderRow.setNullableLong(update, 10, change.deliveredAtOrNone());
            var parameter = 11;
            if (isDriverChanged) {
                update.setString(parameter++, OrderTable.toText(now.driverOrNone()));
            }
            if (isActiveChanged) {
                update.setInt(parameter++, EnumCodes.encode(now.state().isActive()));
            }
            update.setLong(parameter, row);
        });
    }

    void flush() throws SQLException {
        for (var statement : List.of(updateState, updateDriver, updateActive, updateAll)) {
            statement.flush();
        }
    }

    void clear() throws SQLException {
        for (var statement : List.of(updateState, updateDriver, updateActive, updateAll)) {
            statement.clear();
        }
    }
}
