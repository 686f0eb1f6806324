package waybill.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.LetterPage;
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

    private static final String FOR_DRIVER = " AND (o.driver = ? OR" + FOR_EVERYBODY
            + ") AND NOT EXISTS (SELECT 1 FROM pickup_confirmation c WHERE c.position = m.position AND c.reader = ?)";

    private static final String IN_ORDER = " ORDER BY m.position";

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

    /// The same for one store, in the part of each index that is about it. The numbers of topics are those of [Codes].
    private static final String DEPTHS_OF_STORE = """
            SELECT s.name, q.topic, q.letters, e.received_at
            FROM (SELECT topic, count(*) AS letters, min(position) AS oldest
                  FROM mailbox WHERE topic IN (1, 2) AND recipient = ?1 GROUP BY topic
                  UNION ALL
                  SELECT 0, count(*), min(m.position)
                  FROM mailbox m JOIN event w ON w.position = m.position JOIN orders o ON o.order_row = w.order_row
                  WHERE m.recipient = 0 AND m.store = ?1 AND""" + FOR_EVERYBODY + """
                  ) q
            JOIN store s ON s.id = ?1 JOIN event e ON e.position = q.oldest
            ORDER BY q.topic
            """;

    private final Readers readers;

    SqliteMailboxes(Readers readers) {
        this.readers = readers;
    }

    @Override
    public LetterPage page(Queue queue, String reader, long after, long upTo, LetterPage.Limit limit) {
        return readers.read(connection -> {
            var store = storeNumber(connection, queue.store());
            if (store == 0) {
                return new LetterPage(List.of(), false);
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
                    query.setString(7, reader);
                }
                return page(query.executeQuery(), queue.topic(), limit);
            }
        });
    }

    @Override
    public LetterPage page(Topic topic, String reader, long after, long upTo, LetterPage.Limit limit) {
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
                query.setString(6, reader);
                return page(query.executeQuery(), topic, limit);
            }
        });
    }

    @Override
    public List<Depth> depths() {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(DEPTHS)) {
                return depths(query.executeQuery());
            }
        });
    }

    @Override
    public List<Depth> depths(String store) {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(DEPTHS_OF_STORE)) {
                query.setLong(1, storeNumber(connection, store));
                return depths(query.executeQuery());
            }
        });
    }

    private static List<Depth> depths(ResultSet rows) throws SQLException {
        try (rows) {
            var depths = new ArrayList<Depth>();
            while (rows.next()) {
                var queue = new Queue(rows.getString(1), Codes.topic(rows.getInt(2)));
                depths.add(new Depth(queue, rows.getLong(3), Instant.ofEpochMilli(rows.getLong(4))));
            }
            return depths;
        }
    }

    @Override
    public boolean isStore(String name) {
        return readers.read(connection -> storeNumber(connection, name) != 0);
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

    /// Rows are fetched one by one, so what is behind the page is not read.
    private static LetterPage page(ResultSet rows, Topic topic, LetterPage.Limit limit) throws SQLException {
        try (rows) {
            var letters = new ArrayList<Letter>();
            var characters = 0L;
            while (rows.next()) {
                if (letters.size() == limit.letters() || characters >= limit.characters()) {
                    return new LetterPage(letters, true);
                }
                var letter = new Letter(
                        rows.getLong(1),
                        new Queue(rows.getString(2), topic),
                        rows.getString(3),
                        rows.getString(4),
                        Instant.ofEpochMilli(rows.getLong(5)),
                        rows.getString(6));
                letters.add(letter);
                characters += letter.payload().length();
            }
            return new LetterPage(letters, false);
        }
    }
}
