package waybill.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;

/// What waits in the queues. Each query walks one recipient's letters once, in the order of their key.
final class SqliteMailboxes implements Mailboxes {

    private static final String LETTERS = """
            SELECT m.position, s.name, o.message_id, e.payload, e.received_at, o.driver
            FROM mailbox m JOIN store s ON s.id = m.store
            JOIN event e ON e.position = m.position JOIN orders o ON o.order_row = e.order_row
            WHERE m.topic = ? AND m.recipient = ? AND m.position > ? AND m.position <= ?
            """;

    /// Nobody has it, or somebody who may be gone.
    private static final String FOR_EVERYBODY = " (o.driver IS NULL OR o.driver LIKE 'socket:%') ";

    private static final String FOR_DRIVER = " AND (o.driver = ? OR" + FOR_EVERYBODY + ")";

    private static final String IN_ORDER = " ORDER BY m.position LIMIT ?";

    /// The stores' letters are counted in their index alone.
    private static final String DEPTHS = """
            SELECT s.name, q.topic, q.letters, e.received_at
            FROM (SELECT topic, store, count(*) AS letters, min(position) AS oldest
                  FROM mailbox WHERE recipient <> 0 GROUP BY topic, store
                  UNION ALL
                  SELECT m.topic, m.store, count(*), min(m.position)
                  FROM mailbox m JOIN event w ON w.position = m.position JOIN orders o ON o.order_row = w.order_row
                  WHERE m.recipient = 0 AND""" + FOR_EVERYBODY + """
                  GROUP BY m.topic, m.store) q
            JOIN store s ON s.id = q.store JOIN event e ON e.position = q.oldest
            ORDER BY s.name, q.topic
            """;

    private final Readers readers;

    SqliteMailboxes(Readers readers) {
        this.readers = readers;
    }

    @Override
    public List<Letter> page(Queue queue, String reader, long after, long upTo, int max) {
        return readers.read(connection -> {
            var store = storeNumber(connection, queue.store());
            if (store == 0) {
                return List.of();
            }
            var isForDrivers = queue.topic().isForDrivers();
            var sql = LETTERS + " AND m.store = ?" + (isForDrivers ? FOR_DRIVER : "") + IN_ORDER;
            try (var query = connection.prepareStatement(sql)) {
                query.setInt(1, Codes.of(queue.topic()));
                query.setLong(2, isForDrivers ? LetterTable.DRIVERS : store);
                query.setLong(3, after);
                query.setLong(4, upTo);
                query.setLong(5, store);
                if (isForDrivers) {
                    query.setString(6, reader);
                }
                query.setInt(isForDrivers ? 7 : 6, max);
                return letters(query.executeQuery(), queue.topic());
            }
        });
    }

    @Override
    public List<Letter> page(Topic topic, String reader, long after, long upTo, int max) {
        if (!topic.isForDrivers()) {
            throw new IllegalArgumentException("topic: " + topic + " (expected: one that is for the drivers)");
        }
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(LETTERS + FOR_DRIVER + IN_ORDER)) {
                query.setInt(1, Codes.of(topic));
                query.setLong(2, LetterTable.DRIVERS);
                query.setLong(3, after);
                query.setLong(4, upTo);
                query.setString(5, reader);
                query.setInt(6, max);
                return letters(query.executeQuery(), topic);
            }
        });
    }

    @Override
    public List<Depth> depths() {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(DEPTHS);
                    var rows = query.executeQuery()) {
                var depths = new ArrayList<Depth>();
                while (rows.next()) {
                    var queue = new Queue(rows.getString(1), Codes.topic(rows.getInt(2)));
                    depths.add(new Depth(queue, rows.getLong(3), Instant.ofEpochMilli(rows.getLong(4))));
                }
                return depths;
            }
        });
    }

    /// The number of a store, 0 when it has never been heard of.
    private static long storeNumber(Connection connection, String name) throws SQLException {
        try (var query = connection.prepareStatement("SELECT id FROM store WHERE name = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private static List<Letter> letters(ResultSet rows, Topic topic) throws SQLException {
        try (rows) {
            var letters = new ArrayList<Letter>();
            while (rows.next()) {
                letters.add(new Letter(
                        rows.getLong(1),
                        new Queue(rows.getString(2), topic),
                        rows.getString(3),
                        rows.getString(4),
                        Instant.ofEpochMilli(rows.getLong(5)),
                        rows.getString(6)));
            }
            return letters;
        }
    }
}
