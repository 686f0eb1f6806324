package waybill.storage.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import waybill.journal.LogEntry;
import waybill.order.OrderEvent;

/// The log on the writing connection. Belongs to the journal's thread. Events are written in one round by [#flush].
public final class EventTable {

    private static final String INSERT = """
            INSERT INTO event (position, order_row, store, kind, state_before, state_after, driver, paid, document, body,
                               actor, occurred_at, received_at, arrivals, offers, times, proofs)""";

    private static final int COLUMNS = 17;

    private final InsertBatch inserts;

    public EventTable(Statements statements) throws SQLException {
        inserts = new InsertBatch(statements, INSERT, COLUMNS);
    }

    /// Adds an event of the log.
    ///
    /// @param orderRow the number of the row of its order, if it has one
    /// @param store whose event it is, if any
    public void add(LogEntry entry, @Nullable Long orderRow, @Nullable Long store) throws SQLException {
        var order = entry.orderOrNone();
        inserts.add(
                entry.sequence(),
                orderRow,
                store,
                EventJson.kind(entry.event()),
                EnumCodes.encode(entry.previousState()),
                EnumCodes.encode(order == null ? entry.previousState() : order.state()),
                order == null ? null : OrderTable.toText(order.driverOrNone()),
                order == null ? 0L : EnumCodes.encodePaid(order),
                entry.event() instanceof OrderEvent event ? event.document() : OrderEvent.NO_DOCUMENT,
                EventJson.encode(entry.event()),
                entry.actor().toString(),
                entry.occurredAt().toEpochMilli(),
                entry.receivedAt().toEpochMilli(),
                order == null ? null : ArrivalsJson.encode(order.arrivals()),
                order == null ? null : OrderOffersJson.write(order.offers()),
                order == null ? null : OrderTimesJson.encode(order.times()),
                order == null ? null : ProofJson.encode(order.proofs()));
    }

    public void flush() throws SQLException {
        inserts.flush();
    }

    public void clear() {
        inserts.clear();
    }
}
