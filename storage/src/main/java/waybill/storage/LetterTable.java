package waybill.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import waybill.mailbox.Queue;
import waybill.mailbox.Recipient;
import waybill.order.Actor;
import waybill.order.Ledger;
import waybill.order.Order;

/// Letters and receipts on the writing connection. Belongs to the journal's thread.
final class LetterTable {

    /// The recipient of letters of a queue that are for the drivers.
    static final long DRIVERS = 0;

    /// The numbers in it are those of [Codes].
    private static final String REMOVE = """
            DELETE FROM mailbox WHERE topic = ? AND recipient = ? AND position =
            (SELECT CASE ? WHEN 0 THEN ready_at WHEN 1 THEN in_transit_at WHEN 2 THEN delivered_at END
             FROM orders WHERE message_id = ? AND store = ?)
            """;

    private static final String CONFIRM = """
            INSERT INTO pickup_confirmation (position, reader)
            SELECT m.position, ? FROM orders o
            JOIN mailbox m ON m.topic = 0 AND m.recipient = 0 AND m.position = o.ready_at
            WHERE o.message_id = ? AND o.store = ?
              AND (o.driver IS NULL OR o.driver = ? OR o.driver LIKE 'socket:%')
              AND (SELECT count(*) FROM pickup_confirmation c WHERE c.position = m.position) < ?
            ON CONFLICT DO NOTHING
            """;

    private static final String FORGET_CONFIRMATIONS =
            "DELETE FROM pickup_confirmation WHERE position = (SELECT ready_at FROM orders WHERE order_row = ?)";

    private static final String FORGET_CONFIRMATIONS_OF_LETTER = """
            DELETE FROM pickup_confirmation
            WHERE position = (SELECT ready_at FROM orders WHERE message_id = ? AND store = ?)
            """;

    /// Orders of which it is remembered that no receipt is open; of others the table is asked.
    private static final int CLOSED_MAX = 10_000;

    private final Names stores;
    private final Names recipients;
    private final Set<Long> closed = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > CLOSED_MAX;
        }
    });
    private final PreparedStatement addToQueue;
    private final PreparedStatement addLetter;
    private final PreparedStatement remove;
    private final PreparedStatement confirm;
    private final PreparedStatement forgetConfirmations;
    private final PreparedStatement forgetConfirmationsOfLetter;
    private final PreparedStatement askReceipt;
    private final PreparedStatement noteSent;
    private final PreparedStatement acknowledge;
    private final PreparedStatement closeReceipts;

    LetterTable(Statements statements, Names stores) throws SQLException {
        this.stores = stores;
        recipients = Names.ofRecipients(statements);
        addToQueue = statements.prepare("INSERT INTO mailbox (topic, recipient, position, store) VALUES (?, ?, ?, ?)");
        addLetter = statements.prepare("INSERT INTO letter (recipient, position) VALUES (?, ?)");
        remove = statements.prepare(REMOVE);
        confirm = statements.prepare(CONFIRM);
        forgetConfirmations = statements.prepare(FORGET_CONFIRMATIONS);
        forgetConfirmationsOfLetter = statements.prepare(FORGET_CONFIRMATIONS_OF_LETTER);
        askReceipt = statements.prepare(
                "INSERT INTO receipt (position, store, order_row, asked_at, attempts) VALUES (?, ?, ?, ?, 0)");
        noteSent = statements.prepare(
                "UPDATE receipt SET attempts = attempts + 1, sent_at = ? WHERE position = ? AND store = ?");
        acknowledge = statements.prepare("""
                UPDATE receipt SET acknowledged_at = ?
                WHERE position = ? AND store = ? AND acknowledged_at IS NULL
                """);
        closeReceipts = statements.prepare("""
                UPDATE receipt SET closed_at = ?
                WHERE order_row = ? AND acknowledged_at IS NULL AND closed_at IS NULL
                """);
    }

    void post(Queue queue, long position) throws SQLException {
        var store = stores.numberOrNew(queue.store());
        addToQueue.setInt(1, Codes.of(queue.topic()));
        addToQueue.setLong(2, queue.topic().isForDrivers() ? DRIVERS : store);
        addToQueue.setLong(3, position);
        addToQueue.setLong(4, store);
        addToQueue.executeUpdate();
    }

    void post(Recipient recipient, long position) throws SQLException {
        addLetter.setLong(1, recipients.numberOrNew(recipient.key()));
        addLetter.setLong(2, position);
        addLetter.executeUpdate();
    }

    boolean remove(Queue queue, String messageId) throws SQLException {
        var store = stores.number(queue.store());
        if (store.isEmpty()) {
            return false;
        }
        var topic = Codes.of(queue.topic());
        remove.setInt(1, topic);
        remove.setLong(2, queue.topic().isForDrivers() ? DRIVERS : store.get());
        remove.setInt(3, topic);
        remove.setString(4, messageId);
        remove.setLong(5, store.get());
        var isRemoved = remove.executeUpdate() == 1;
        if (isRemoved && queue.topic().isForDrivers()) {
            forgetConfirmationsOfLetter.setString(1, messageId);
            forgetConfirmationsOfLetter.setLong(2, store.get());
            forgetConfirmationsOfLetter.executeUpdate();
        }
        return isRemoved;
    }

    boolean confirm(Queue queue, String messageId, Actor reader) throws SQLException {
        var store = stores.number(queue.store());
        if (store.isEmpty()) {
            return false;
        }
        confirm.setString(1, reader.toString());
        confirm.setString(2, messageId);
        confirm.setLong(3, store.get());
        confirm.setString(4, reader.toString());
        confirm.setInt(5, Ledger.CONFIRMATIONS_MAX);
        return confirm.executeUpdate() == 1;
    }

    void forgetConfirmations(Order order) throws SQLException {
        forgetConfirmations.setLong(1, order.row());
        forgetConfirmations.executeUpdate();
    }

    void askReceipt(Order order, long position, Instant at) throws SQLException {
        askReceipt.setLong(1, position);
        askReceipt.setLong(2, stores.numberOrNew(order.store()));
        askReceipt.setLong(3, order.row());
        askReceipt.setLong(4, at.toEpochMilli());
        askReceipt.executeUpdate();
        closed.remove(order.row());
    }

    boolean noteSent(String store, long position, Instant at) throws SQLException {
        return changed(noteSent, store, position, at);
    }

    boolean acknowledge(String store, long position, Instant at) throws SQLException {
        return changed(acknowledge, store, position, at);
    }

    /// Most orders have several events after their receipts are closed.
    void closeReceipts(Order order, Instant at) throws SQLException {
        if (closed.add(order.row())) {
            closeReceipts.setLong(1, at.toEpochMilli());
            closeReceipts.setLong(2, order.row());
            closeReceipts.executeUpdate();
        }
    }

    void forget() {
        recipients.forget();
        closed.clear();
    }

    private boolean changed(PreparedStatement receipt, String store, long position, Instant at) throws SQLException {
        var number = stores.number(store);
        if (number.isEmpty()) {
            return false;
        }
        receipt.setLong(1, at.toEpochMilli());
        receipt.setLong(2, position);
        receipt.setLong(3, number.get());
        return receipt.executeUpdate() == 1;
    }
}
