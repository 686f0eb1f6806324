package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import waybill.journal.UnitOfWork;
import waybill.messaging.Queue;
import waybill.messaging.Recipient;
import waybill.order.Actor;

/// Letters and receipts on the writing connection. Belongs to the journal's thread.
///
/// What a transaction adds is written in one round by [#flush], many rows with one statement. What is asked for a
/// result ([#deleteMessage], [#acknowledgePickup], [#confirm]) is written at once, and needs a flush before.
public final class MessageTable {

    /// The recipient of letters of a queue that are for the drivers.
    public static final long DRIVERS_RECIPIENT_ID = 0;

    /// The numbers in it are those of [EnumCodes].
    private static final String DELETE_MESSAGE = """
            DELETE FROM mailbox WHERE topic = ? AND recipient = ? AND position =
            (SELECT CASE ? WHEN 0 THEN ready_at WHEN 1 THEN in_transit_at WHEN 2 THEN delivered_at END
             FROM orders WHERE message_id = ? AND store = ?)
            """;

    private static final String INSERT_PICKUP_ACK = """
            INSERT INTO pickup_confirmation (position, reader)
            SELECT m.position, ? FROM orders o
            JOIN mailbox m ON m.topic = 0 AND m.recipient = 0 AND m.position = o.ready_at
            WHERE o.message_id = ? AND o.store = ?
              AND (o.driver IS NULL OR o.driver = ? OR o.driver LIKE 'socket:%')
              AND (SELECT count(*) FROM pickup_confirmation c WHERE c.position = m.position) < ?
            ON CONFLICT DO NOTHING
            """;

    private static final String DELETE_PICKUP_ACKS =
            "DELETE FROM pickup_confirmation WHERE position = (SELECT ready_at FROM orders WHERE order_row = ?)";

    private static final String DELETE_PICKUP_ACKS_OF_MESSAGE = """
            DELETE FROM pickup_confirmation
            WHERE position = (SELECT ready_at FROM orders WHERE message_id = ? AND store = ?)
            """;

    private static final String WITHDRAW_PICKUP = """
            DELETE FROM mailbox WHERE topic = 0 AND recipient = 0
            AND position = (SELECT ready_at FROM orders WHERE order_row = ?)
            """;

    private static final int NO_ATTEMPT = 0;

    /// Orders of which it is remembered that no receipt is open; of others the table is asked.
    private static final int CACHED_CLOSED_MAX = 10_000;

    private final InternedNames stores;
    private final InternedNames recipients;
    private final Set<Long> closed = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > CACHED_CLOSED_MAX;
        }
    });
    private final InsertBatch messages;
    private final InsertBatch mailboxEntries;
    private final InsertBatch confirmations;
    private final Map<Long, Long> closedAtMs = new LinkedHashMap<>(); // by order, as what follows
    private final Set<Long> withdrawnPickups = new LinkedHashSet<>();
    private final Set<Long> clearedPickupAcks = new LinkedHashSet<>();
    private final PreparedStatement withdrawPickup;
    private final PreparedStatement deleteMessage;
    private final PreparedStatement insertPickupAck;
    private final PreparedStatement deletePickupAcks;
    private final PreparedStatement deletePickupAcksOfMessage;
    private final PreparedStatement updateConfirmationAttempt;
    private final PreparedStatement updateConfirmed;
    private final PreparedStatement updateConfirmationsClosed;

    public MessageTable(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        recipients = InternedNames.forRecipients(statements);
        messages = new InsertBatch(statements, "INSERT INTO mailbox (topic, recipient, position, store)", 4);
        mailboxEntries = new InsertBatch(statements, "INSERT INTO letter (recipient, position)", 2);
        confirmations =
                new InsertBatch(statements, "INSERT INTO receipt (position, store, order_row, asked_at, attempts)", 5);
        withdrawPickup = statements.prepare(WITHDRAW_PICKUP);
        deleteMessage = statements.prepare(DELETE_MESSAGE);
        insertPickupAck = statements.prepare(INSERT_PICKUP_ACK);
        deletePickupAcks = statements.prepare(DELETE_PICKUP_ACKS);
        deletePickupAcksOfMessage = statements.prepare(DELETE_PICKUP_ACKS_OF_MESSAGE);
        updateConfirmationAttempt = statements.prepare(
                "UPDATE receipt SET attempts = attempts + 1, sent_at = ? WHERE position = ? AND store = ?");
        updateConfirmed = statements.prepare("""
                UPDATE receipt SET acknowledged_at = ?
                WHERE position = ? AND store = ? AND acknowledged_at IS NULL
                """);
        updateConfirmationsClosed = statements.prepare("""
                UPDATE receipt SET closed_at = ?
                WHERE position IN (SELECT position FROM event WHERE order_row = ?)
                  AND acknowledged_at IS NULL AND closed_at IS NULL
                """);
    }

    public void enqueue(Queue queue, long position) throws SQLException {
        var store = stores.findOrCreateId(queue.store());
        var recipient = queue.topic().isForDrivers() ? DRIVERS_RECIPIENT_ID : store;
        messages.add(EnumCodes.encode(queue.topic()), recipient, position, store);
    }

    public void enqueue(Recipient recipient, long position) throws SQLException {
        mailboxEntries.add(recipients.findOrCreateId(recipient.key()), position);
    }

    /// The pickup is that of the newest event that made the order ready: see [#isPickupChanging].
    public void withdrawPickup(long orderRow) {
        withdrawnPickups.add(orderRow);
    }

    /// Whether something about the pickup of that order is not written yet.
    public boolean isPickupChanging(long orderRow) {
        return withdrawnPickups.contains(orderRow) || clearedPickupAcks.contains(orderRow);
    }

    public boolean deleteMessage(Queue queue, String messageId) throws SQLException {
        var store = stores.findId(queue.store());
        if (store.isEmpty()) {
            return false;
        }
        var topic = EnumCodes.encode(queue.topic());
        deleteMessage.setInt(1, topic);
        deleteMessage.setLong(2, queue.topic().isForDrivers() ? DRIVERS_RECIPIENT_ID : store.get());
        deleteMessage.setInt(3, topic);
        deleteMessage.setString(4, messageId);
        deleteMessage.setLong(5, store.get());
        var isRemoved = deleteMessage.executeUpdate() == 1;
        if (isRemoved && queue.topic().isForDrivers()) {
            deletePickupAcksOfMessage.setString(1, messageId);
            deletePickupAcksOfMessage.setLong(2, store.get());
            deletePickupAcksOfMessage.executeUpdate();
        }
        return isRemoved;
    }

    public boolean acknowledgePickup(Queue queue, String messageId, Actor reader) throws SQLException {
        var store = stores.findId(queue.store());
        if (store.isEmpty()) {
            return false;
        }
        insertPickupAck.setString(1, reader.toString());
        insertPickupAck.setString(2, messageId);
        insertPickupAck.setLong(3, store.get());
        insertPickupAck.setString(4, reader.toString());
        insertPickupAck.setInt(5, UnitOfWork.PICKUP_ACKS_MAX);
        return insertPickupAck.executeUpdate() == 1;
    }

    public void deletePickupAcks(long orderRow) {
        clearedPickupAcks.add(orderRow);
    }

    public void requestConfirmation(String store, long orderRow, long position, Instant at) throws SQLException {
        confirmations.add(position, stores.findOrCreateId(store), orderRow, at.toEpochMilli(), NO_ATTEMPT);
        closed.remove(orderRow);
    }

    public boolean recordConfirmationAttempt(String store, long position, Instant at) throws SQLException {
        return updateConfirmation(updateConfirmationAttempt, store, position, at);
    }

    public boolean confirm(String store, long position, Instant at) throws SQLException {
        return updateConfirmation(updateConfirmed, store, position, at);
    }

    /// Most orders have several events after their receipts are closed.
    public void closeConfirmations(long orderRow, Instant at) {
        if (closed.add(orderRow)) {
            closedAtMs.put(orderRow, at.toEpochMilli());
        }
    }

    /// Writes what was added and changed and is not in the tables yet. The orders and events must have been written
    /// before.
    public void flush() throws SQLException {
        messages.flush();
        mailboxEntries.flush();
        confirmations.flush();
        for (var close : closedAtMs.entrySet()) {
            updateConfirmationsClosed.setLong(1, close.getValue());
            updateConfirmationsClosed.setLong(2, close.getKey());
            updateConfirmationsClosed.executeUpdate();
        }
        for (var order : withdrawnPickups) {
            withdrawPickup.setLong(1, order);
            if (withdrawPickup.executeUpdate() > 0) {
                clearedPickupAcks.add(order);
            }
        }
        for (var order : clearedPickupAcks) {
            deletePickupAcks.setLong(1, order);
            deletePickupAcks.executeUpdate();
        }
        clearPending();
    }

    private void clearPending() {
        messages.clear();
        mailboxEntries.clear();
        confirmations.clear();
        closedAtMs.clear();
        withdrawnPickups.clear();
        clearedPickupAcks.clear();
    }

    public void clearCache() {
        recipients.clearCache();
        closed.clear();
        clearPending();
    }

    private boolean updateConfirmation(PreparedStatement receipt, String store, long position, Instant at)
            throws SQLException {
        var number = stores.findId(store);
        if (number.isEmpty()) {
            return false;
        }
        receipt.setLong(1, at.toEpochMilli());
        receipt.setLong(2, position);
        receipt.setLong(3, number.get());
        return receipt.executeUpdate() == 1;
    }
}
