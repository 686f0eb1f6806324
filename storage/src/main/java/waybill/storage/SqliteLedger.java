package waybill.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.mailbox.Queue;
import waybill.order.Actor;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// The books on the writing connection. Belongs to the journal's thread; every statement is prepared once.
final class SqliteLedger implements Ledger, AutoCloseable {

    private static final String PARCEL = "SELECT number, id, message_id, foreign_id, state, driver";

    /// By both names at once, the message id before the foreign id.
    private static final String NAMED =
            PARCEL + ", 0 AS rank FROM parcel WHERE message_id = ?1 AND store = ?2 UNION ALL " + PARCEL
                    + ", 1 FROM parcel WHERE foreign_id = ?1 AND store = ?2 ORDER BY rank LIMIT 1";

    private static final String NAMED_ANYWHERE = PARCEL
            + ", (SELECT name FROM store WHERE id = parcel.store) FROM parcel WHERE message_id = ?1 OR foreign_id = ?1"
            + " LIMIT ?2";

    /// The numbers in it are those of [Codes].
    private static final String REMOVE_LETTER = """
            DELETE FROM mailbox WHERE topic = ?1 AND recipient = ?2 AND position =
            (SELECT CASE ?1 WHEN 0 THEN number WHEN 1 THEN collected_at WHEN 2 THEN delivered_at END
             FROM parcel WHERE message_id = ?3 AND store = ?4)
            """;

    /// The recipient of letters that are for the drivers.
    static final long DRIVERS = 0;

    private final Connection connection;
    private final StoreNames stores;
    private final List<PreparedStatement> statements = new ArrayList<>();
    private final PreparedStatement byName;
    private final PreparedStatement byNameAnywhere;
    private final PreparedStatement payloadAt;
    private final PreparedStatement addParcel;
    private final PreparedStatement moveParcel;
    private final PreparedStatement addEvent;
    private final PreparedStatement addLetter;
    private final PreparedStatement removeLetter;
    private final PreparedStatement moveMark;

    private long committedHead;
    private long head;
    private List<LogEntry> uncommitted = new ArrayList<>();

    SqliteLedger(Connection connection) throws SQLException {
        this.connection = connection;
        stores = new StoreNames(connection);
        byName = prepare(NAMED);
        byNameAnywhere = prepare(NAMED_ANYWHERE);
        payloadAt = prepare("SELECT payload FROM event WHERE position = ?");
        addParcel = prepare(
                "INSERT INTO parcel (number, id, store, message_id, foreign_id, state) VALUES (?, ?, ?, ?, ?, ?)");
        moveParcel = prepare("""
                UPDATE parcel SET state = ?, driver = ?,
                collected_at = coalesce(?, collected_at), delivered_at = coalesce(?, delivered_at) WHERE number = ?
                """);
        addEvent = prepare("""
                INSERT INTO event (position, order_number, store, kind, payload, actor, occurred_at, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """);
        addLetter = prepare("INSERT INTO mailbox (topic, recipient, position, store) VALUES (?, ?, ?, ?)");
        removeLetter = prepare(REMOVE_LETTER);
        moveMark = prepare("""
                INSERT INTO relay (name, position) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET position = excluded.position
                """);
        committedHead = readHead();
        head = committedHead;
        connection.commit();
    }

    @Override
    public Optional<Order> named(String store, String name) {
        return asked(() -> {
            var number = stores.number(store);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            byName.setString(1, name);
            byName.setLong(2, number.get());
            try (var rows = byName.executeQuery()) {
                return rows.next() ? Optional.of(order(rows, store)) : Optional.empty();
            }
        });
    }

    @Override
    public List<Order> namedAnywhere(String name, int max) {
        return asked(() -> {
            byNameAnywhere.setString(1, name);
            byNameAnywhere.setInt(2, max);
            try (var rows = byNameAnywhere.executeQuery()) {
                var orders = new ArrayList<Order>();
                while (rows.next()) {
                    orders.add(order(rows, rows.getString(7)));
                }
                return orders;
            }
        });
    }

    @Override
    public String placedPayload(Order order) {
        return asked(() -> {
            payloadAt.setLong(1, order.number());
            try (var rows = payloadAt.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("order " + order.number() + " has no event that placed it");
                }
                return rows.getString(1);
            }
        });
    }

    @Override
    public long append(Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        return asked(() -> {
            var position = head + 1;
            var store = stores.numberOrNew(next.store());
            var number = next.number() == 0 ? position : next.number();
            if (next.number() == 0) {
                insertParcel(next, position, store);
            } else {
                updateParcel(next, event, position);
            }
            addEvent.setLong(1, position);
            addEvent.setLong(2, number);
            addEvent.setLong(3, store);
            addEvent.setInt(4, Codes.of(event));
            addEvent.setString(5, event.payload());
            addEvent.setString(6, by.toString());
            addEvent.setLong(7, occurredAt.toEpochMilli());
            addEvent.setLong(8, receivedAt.toEpochMilli());
            addEvent.executeUpdate();
            head = position;
            uncommitted.add(new LogEntry(
                    position, next.id(), next.store(), next.messageId(), event, by, occurredAt, receivedAt));
            return position;
        });
    }

    @Override
    public void post(Queue queue, long position) {
        asked(() -> {
            var store = stores.numberOrNew(queue.store());
            addLetter.setInt(1, Codes.of(queue.topic()));
            addLetter.setLong(2, queue.topic().isForDrivers() ? DRIVERS : store);
            addLetter.setLong(3, position);
            addLetter.setLong(4, store);
            return addLetter.executeUpdate();
        });
    }

    @Override
    public boolean remove(Queue queue, String messageId) {
        return asked(() -> {
            var store = stores.number(queue.store());
            if (store.isEmpty()) {
                return false;
            }
            removeLetter.setInt(1, Codes.of(queue.topic()));
            removeLetter.setLong(2, queue.topic().isForDrivers() ? DRIVERS : store.get());
            removeLetter.setString(3, messageId);
            removeLetter.setLong(4, store.get());
            return removeLetter.executeUpdate() == 1;
        });
    }

    @Override
    public void mark(String relay, long position) {
        asked(() -> {
            moveMark.setString(1, relay);
            moveMark.setLong(2, position);
            return moveMark.executeUpdate();
        });
    }

    /// The position of the newest event, committed or not.
    long head() {
        return head;
    }

    /// Keeps everything since the last commit, and returns the events among it.
    List<LogEntry> commit() throws SQLException {
        connection.commit();
        committedHead = head;
        var committed = uncommitted;
        uncommitted = new ArrayList<>();
        return committed;
    }

    void rollback() throws SQLException {
        head = committedHead;
        uncommitted.clear();
        stores.forget();
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        stores.close();
        for (var statement : statements) {
            statement.close();
        }
        connection.close();
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        statements.add(statement);
        return statement;
    }

    private long readHead() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT coalesce(max(position), 0) FROM event")) {
            return rows.getLong(1);
        }
    }

    private void insertParcel(Order order, long number, long store) throws SQLException {
        addParcel.setLong(1, number);
        addParcel.setBytes(2, EventRow.bytes(order.id()));
        addParcel.setLong(3, store);
        addParcel.setString(4, order.messageId());
        addParcel.setString(5, order.foreignId().equals(order.messageId()) ? null : order.foreignId());
        addParcel.setInt(6, Codes.of(order.state()));
        addParcel.executeUpdate();
    }

    private void updateParcel(Order order, OrderEvent event, long position) throws SQLException {
        var driver = order.holder().map(Actor::toString);
        moveParcel.setInt(1, Codes.of(order.state()));
        moveParcel.setString(2, driver.orElse(null));
        moveParcel.setObject(3, event instanceof OrderEvent.Collected ? position : null, Types.BIGINT);
        moveParcel.setObject(4, event instanceof OrderEvent.Delivered ? position : null, Types.BIGINT);
        moveParcel.setLong(5, order.number());
        moveParcel.executeUpdate();
    }

    private static Order order(ResultSet row, String store) throws SQLException {
        var messageId = row.getString(3);
        var foreignId = row.getString(4);
        var driver = row.getString(6);
        return new Order(
                EventRow.orderId(row.getBytes(2)),
                row.getLong(1),
                store,
                messageId,
                foreignId == null ? messageId : foreignId,
                Codes.state(row.getInt(5)),
                driver == null ? null : Actor.parse(driver));
    }

    /// Something asked of the database, and how its failures are told.
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new StorageException(e);
        }
    }
}
