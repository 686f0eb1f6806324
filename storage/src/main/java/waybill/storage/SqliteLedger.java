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
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// The books on the writing connection. Belongs to the journal's thread; every statement is prepared once.
final class SqliteLedger implements Ledger, AutoCloseable {

    private static final String PARCEL =
            "SELECT p.number, p.id, s.name, p.message_id, p.foreign_id, p.state, p.driver, p.collected_at, p.delivered_at"
                    + " FROM parcel p JOIN store s ON s.id = p.store ";

    /// The recipient of letters that are for the drivers.
    static final long DRIVERS = 0;

    private final Connection connection;
    private final StoreNames stores;
    private final List<PreparedStatement> statements = new ArrayList<>();
    private final PreparedStatement byMessageId;
    private final PreparedStatement byForeignId;
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
        byMessageId = prepare(PARCEL + "WHERE p.message_id = ? AND p.store = ?");
        byForeignId = prepare(PARCEL + "WHERE p.foreign_id = ? AND p.store = ?");
        byNameAnywhere = prepare(PARCEL + "WHERE p.message_id = ?1 OR p.foreign_id = ?1 LIMIT ?2");
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
        removeLetter = prepare("DELETE FROM mailbox WHERE topic = ? AND recipient = ? AND position = ?");
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
            var byMessage = parcel(byMessageId, name, number.get());
            return byMessage.isPresent() ? byMessage : parcel(byForeignId, name, number.get());
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
                    orders.add(order(rows));
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
            var position = store.isEmpty() ? 0 : letterPosition(queue.topic(), messageId, store.get());
            if (position == 0) {
                return false;
            }
            removeLetter.setInt(1, Codes.of(queue.topic()));
            removeLetter.setLong(2, queue.topic().isForDrivers() ? DRIVERS : store.get());
            removeLetter.setLong(3, position);
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

    /// Where the event of a letter stands in the log, 0 when it has not happened.
    private long letterPosition(Topic topic, String messageId, long store) throws SQLException {
        byMessageId.setString(1, messageId);
        byMessageId.setLong(2, store);
        try (var rows = byMessageId.executeQuery()) {
            if (!rows.next()) {
                return 0;
            }
            return switch (topic) {
                case PICKUP -> rows.getLong(1);
                case IN_TRANSIT -> rows.getLong(8);
                case DELIVERED -> rows.getLong(9);
            };
        }
    }

    private void insertParcel(Order order, long number, long store) throws SQLException {
        addParcel.setLong(1, number);
        addParcel.setBytes(2, EventRow.bytes(order.id()));
        addParcel.setLong(3, store);
        addParcel.setString(4, order.messageId());
        addParcel.setString(5, order.foreignId());
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

    private static Optional<Order> parcel(PreparedStatement by, String name, long store) throws SQLException {
        by.setString(1, name);
        by.setLong(2, store);
        try (var rows = by.executeQuery()) {
            return rows.next() ? Optional.of(order(rows)) : Optional.empty();
        }
    }

    private static Order order(ResultSet row) throws SQLException {
        var driver = row.getString(7);
        return new Order(
                EventRow.orderId(row.getBytes(2)),
                row.getLong(1),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Codes.state(row.getInt(6)),
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
