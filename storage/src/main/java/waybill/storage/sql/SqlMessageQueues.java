package waybill.storage.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import waybill.messaging.MessagePage;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueueDepth;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.OrderEvent;

/// What waits in the queues. Each query walks one recipient's letters once, in the order of their key.
public final class SqlMessageQueues implements MessageQueues {

    private static final String MESSAGES = "SELECT " + EventRow.COLUMNS + """
            , o.driver FROM mailbox m JOIN store s ON s.id = m.store
            JOIN event e ON e.position = m.position JOIN orders o ON o.order_row = e.order_row
            LEFT JOIN order_document d ON d.order_row = o.order_row
            WHERE m.topic = ? AND m.recipient = ? AND m.position > ? AND m.position <= ?
            """;

    /// No driver has it, or a driver that may be gone.
    private static final String UNCLAIMED_OR_ANONYMOUS = " (o.driver IS NULL OR o.driver LIKE 'socket:%') ";

    private static final String FOR_DRIVER = " AND (o.driver = ? OR" + UNCLAIMED_OR_ANONYMOUS
            + ") AND NOT EXISTS (SELECT 1 FROM pickup_confirmation c WHERE c.position = m.position AND c.reader = ?)";

    private static final String ORDER_BY = " ORDER BY m.position";

    /// The stores' letters are counted in their index alone.
    private static final String DEPTHS = """
            SELECT s.name, q.topic, q.letters, e.received_at
            FROM (SELECT topic, store, count(*) AS letters, min(position) AS oldest
                  FROM mailbox WHERE recipient <> 0 GROUP BY topic, store
                  UNION ALL
                  SELECT m.topic, m.store, count(*), min(m.position)
                  FROM mailbox m JOIN event w ON w.position = m.position JOIN orders o ON o.order_row = w.order_row
                  WHERE m.recipient = 0 AND""" + UNCLAIMED_OR_ANONYMOUS + """
                  GROUP BY m.topic, m.store) q
            JOIN store s ON s.id = q.store JOIN event e ON e.position = q.oldest
            ORDER BY s.name, q.topic
            """;

    /// The same for one store, in the part of each index that is about it. The numbers of topics are those of
    /// [EnumCodes].
    private static final String DEPTHS_OF_STORE = """
            SELECT s.name, q.topic, q.letters, e.received_at
            FROM (SELECT topic, count(*) AS letters, min(position) AS oldest
                  FROM mailbox WHERE topic IN (1, 2) AND recipient = ? GROUP BY topic
                  UNION ALL
                  SELECT 0, count(*), min(m.position)
                  FROM mailbox m JOIN event w ON w.position = m.position JOIN orders o ON o.order_row = w.order_row
                  WHERE m.recipient = 0 AND m.store = ? AND""" + UNCLAIMED_OR_ANONYMOUS + """
                  ) q
            JOIN store s ON s.id = ? JOIN event e ON e.position = q.oldest
            ORDER BY q.topic
            """;

    /// All are the number of the store.
    private static final int DEPTHS_OF_STORE_PARAMETERS = 3;

    private final ReadConnections connections;

    public SqlMessageQueues(ReadConnections readers) {
        this.connections = readers;
    }

    @Override
    public MessagePage listMessages(Queue queue, String reader, long after, long upTo, MessagePage.PageLimit limit) {
        return connections.read(connection -> {
            var store = findStoreId(connection, queue.store());
            if (store == 0) {
                return new MessagePage(List.of(), false);
            }
            var isForDrivers = queue.topic().isForDrivers();
            var sql = MESSAGES + " AND m.store = ?" + (isForDrivers ? FOR_DRIVER : "") + ORDER_BY;
            try (var query = connection.prepare(sql)) {
                query.setInt(1, EnumCodes.encode(queue.topic()));
                query.setLong(2, isForDrivers ? MessageTable.DRIVERS_RECIPIENT_ID : store);
                query.setLong(3, after);
                query.setLong(4, upTo);
                query.setLong(5, store);
                if (isForDrivers) {
                    query.setString(6, reader);
                    query.setString(7, reader);
                }
                return page(query.executeQuery(), queue.topic(), limit);
            }
        });
    }

    @Override
    public MessagePage listMessages(Topic topic, String reader, long after, long upTo, MessagePage.PageLimit limit) {
        if (!topic.isForDrivers()) {
            throw new IllegalArgumentException("topic: " + topic + " (expected: one that is for the drivers)");
        }
        return connections.read(connection -> {
            try (var query = connection.prepare(MESSAGES + FOR_DRIVER + ORDER_BY)) {
                query.setInt(1, EnumCodes.encode(topic));
                query.setLong(2, MessageTable.DRIVERS_RECIPIENT_ID);
                query.setLong(3, after);
                query.setLong(4, upTo);
                query.setString(5, reader);
                query.setString(6, reader);
                return page(query.executeQuery(), topic, limit);
            }
        });
    }

    @Override
    public List<QueueDepth> listDepths() {
        return connections.read(connection -> {
            try (var query = connection.prepare(DEPTHS)) {
                return depths(query.executeQuery());
            }
        });
    }

    @Override
    public List<QueueDepth> listDepths(String store) {
        return connections.read(connection -> {
            try (var query = connection.prepare(DEPTHS_OF_STORE)) {
                var id = findStoreId(connection, store);
                for (var parameter = 1; parameter <= DEPTHS_OF_STORE_PARAMETERS; parameter++) {
                    query.setLong(parameter, id);
                }
                return depths(query.executeQuery());
            }
        });
    }

    private static List<QueueDepth> depths(ResultSet rows) throws SQLException {
        try (rows) {
            var depths = new ArrayList<QueueDepth>();
            while (rows.next()) {
                var queue = new Queue(rows.getString(1), EnumCodes.decodeTopic(rows.getInt(2)));
                depths.add(new QueueDepth(queue, rows.getLong(3), Instant.ofEpochMilli(rows.getLong(4))));
            }
            return depths;
        }
    }

    @Override
    public boolean storeExists(String name) {
        return connections.read(connection -> findStoreId(connection, name) != 0);
    }

    /// The number of a store, 0 when it has never been heard of.
    private static long findStoreId(ReadConnections.ReadConnection connection, String name) throws SQLException {
        try (var query = connection.prepare("SELECT id FROM store WHERE name = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /// Rows are fetched one by one, so what is behind the page is not read.
    private static MessagePage page(ResultSet rows, Topic topic, MessagePage.PageLimit limit) throws SQLException {
        try (rows) {
            var letters = new ArrayList<QueuedMessage>();
            var characters = 0L;
            while (rows.next()) {
                if (letters.size() == limit.messagesMax() || characters >= limit.charactersMax()) {
                    return new MessagePage(letters, true);
                }
                var message = message(rows, topic);
                letters.add(message);
                characters += message.document().length();
            }
            return new MessagePage(letters, false);
        }
    }

    private static QueuedMessage message(ResultSet row, Topic topic) throws SQLException {
        var entry = EventRow.entry(row);
        var order = entry.order().orElseThrow();
        return new QueuedMessage(
                new Queue(order.store(), topic),
                order,
                (OrderEvent) entry.event(),
                entry.receivedAt(),
                row.getString(EventRow.COLUMN_COUNT + 1));
    }
}
