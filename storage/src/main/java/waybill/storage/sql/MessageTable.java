package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.messaging.Queue;
import waybill.messaging.Recipient;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.storage.sql.LoadedMessages.AckKey;
import waybill.storage.sql.LoadedMessages.MessageKey;

/// The messages of queues and mailboxes on the writing connection. Belongs to the journal's thread.
///
/// What a client asks for is decided on the messages that the batch has loaded. All changes are written in one round by
/// [#flush]: new rows many with one statement, then the others in their order.
public final class MessageTable {

    /// The recipient of messages of a queue that are for the drivers.
    public static final long DRIVERS_RECIPIENT_ID = 0;

    private static final String DELETE_PICKUP_ACKS =
            "DELETE FROM pickup_confirmation WHERE position = (SELECT ready_at FROM orders WHERE order_row = ?)";

    private static final String WITHDRAW_PICKUP = """
            DELETE FROM mailbox WHERE topic = 0 AND recipient = 0
            AND position = (SELECT ready_at FROM orders WHERE order_row = ?)
            """;

    /// A change of the rows of queues.
    private sealed interface Change {
        record Delete(int topic, long recipient, long position) implements Change {}

        record Withdraw(long orderRow) implements Change {}

        record AddReader(long position, String reader) implements Change {}

        record ClearReaders(long orderRow) implements Change {}
    }

    private record MailboxEntry(String recipient, long position) {}

    private final InternedNames stores;
    private final InternedNames recipients;
    private final LoadedMessages loaded;
    private final InsertBatch messages;
    private final InsertBatch mailboxRows;
    private final List<MailboxEntry> mailboxEntries = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Set<Long> changingPickups = new HashSet<>(); // by the rows of their orders
    private final PreparedStatement delete;
    private final PreparedStatement deleteReaders;
    private final PreparedStatement withdraw;
    private final PreparedStatement addReader;
    private final PreparedStatement clearReaders;

    public MessageTable(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        recipients = InternedNames.forRecipients(statements);
        loaded = new LoadedMessages(statements);
        messages = new InsertBatch(statements, "INSERT INTO mailbox (topic, recipient, position, store)", 4);
        mailboxRows = new InsertBatch(statements, "INSERT INTO letter (recipient, position)", 2);
        delete = statements.prepare("DELETE FROM mailbox WHERE topic = ? AND recipient = ? AND position = ?");
        deleteReaders = statements.prepare("DELETE FROM pickup_confirmation WHERE position = ?");
        withdraw = statements.prepare(WITHDRAW_PICKUP);
        addReader = statements.prepare(
                "INSERT INTO pickup_confirmation (position, reader) VALUES (?, ?) ON CONFLICT DO NOTHING");
        clearReaders = statements.prepare(DELETE_PICKUP_ACKS);
    }

    /// A message that is read, or a pickup and one of its readers.
    public record Key(
            Queue queue, String messageId, @Nullable Actor readerOrNone) {}

    /// Loads in one round the messages that a batch reads.
    public void load(List<Key> keys) throws SQLException {
        var all = new ArrayList<MessageKey>();
        var readers = new ArrayList<AckKey>();
        for (var key : keys) {
            var message = new MessageKey(key.queue, key.messageId);
            all.add(message);
            if (key.readerOrNone != null) {
                readers.add(new AckKey(message, key.readerOrNone.toString()));
            }
        }
        loaded.load(all, readers);
    }

    /// Adds an event to a queue.
    ///
    /// @param order the order that the message is about
    public void enqueue(Queue queue, Order order, long position) throws SQLException {
        var store = stores.findOrCreateId(queue.store());
        var recipient = queue.topic().isForDrivers() ? DRIVERS_RECIPIENT_ID : store;
        messages.add(EnumCodes.encode(queue.topic()), recipient, position, store);
        loaded.put(new MessageKey(queue, order.messageId()), position);
    }

    public void enqueue(Recipient recipient, long position) {
        mailboxEntries.add(new MailboxEntry(recipient.key(), position));
    }

    /// The order has a new event of that topic: a message of an older one is found by no id any more.
    public void onEvent(Order order, Topic topic) {
        loaded.remove(new MessageKey(new Queue(order.store(), topic), order.messageId()));
    }

    /// The pickup is that of the newest event that made the order ready: see [#isPickupChanging].
    public void withdrawPickup(Order order, long orderRow) {
        changes.add(new Change.Withdraw(orderRow));
        changingPickups.add(orderRow);
        loaded.remove(pickup(order.store(), order.messageId()));
    }

    /// Whether something about the pickup of that order is not written yet.
    public boolean isPickupChanging(long orderRow) {
        return changingPickups.contains(orderRow);
    }

    public boolean isLoaded(Key key) {
        var message = new MessageKey(key.queue, key.messageId);
        return key.readerOrNone == null
                ? loaded.isLoaded(message)
                : loaded.isLoaded(new AckKey(message, key.readerOrNone.toString()));
    }

    public boolean deleteMessage(Queue queue, String messageId) throws SQLException {
        var key = new MessageKey(queue, messageId);
        var position = loaded.find(key);
        if (position.isEmpty()) {
            return false;
        }
        var recipient = queue.topic().isForDrivers() ? DRIVERS_RECIPIENT_ID : stores.findOrCreateId(queue.store());
        changes.add(new Change.Delete(EnumCodes.encode(queue.topic()), recipient, position.get()));
        loaded.remove(key);
        return true;
    }

    /// Adds a reader of a pickup.
    ///
    /// @param driver the driver of the order, if it has one
    public boolean acknowledgePickup(Queue queue, String messageId, Optional<Actor> driver, Actor reader) {
        var position = loaded.find(new MessageKey(queue, messageId));
        if (position.isEmpty() || driver.filter(one -> !isReader(one, reader)).isPresent()) {
            return false;
        }
        if (!loaded.addReader(position.get(), reader.toString())) {
            return false;
        }
        changes.add(new Change.AddReader(position.get(), reader.toString()));
        return true;
    }

    /// An anonymous driver may be another connection of the reader.
    private static boolean isReader(Actor driver, Actor reader) {
        return driver.equals(reader) || driver.toString().startsWith("socket:");
    }

    public void deletePickupAcks(Order order, long orderRow) {
        changes.add(new Change.ClearReaders(orderRow));
        changingPickups.add(orderRow);
        loaded.clearReaders(pickup(order.store(), order.messageId()));
    }

    private static MessageKey pickup(String store, String messageId) {
        return new MessageKey(new Queue(store, Topic.PICKUP), messageId);
    }

    /// Writes what was added and changed and is not in the tables yet. The orders and events must have been written
    /// before.
    public void flush() throws SQLException {
        messages.flush();
        flushMailboxes();
        for (var change : changes) {
            switch (change) {
                case Change.Delete(var topic, var recipient, var position) -> delete(topic, recipient, position);
                case Change.Withdraw(var orderRow) -> {
                    if (update(withdraw, orderRow) > 0) {
                        update(clearReaders, orderRow);
                    }
                }
                case Change.AddReader(var position, var reader) -> {
                    addReader.setString(2, reader);
                    update(addReader, position);
                }
                case Change.ClearReaders(var orderRow) -> update(clearReaders, orderRow);
            }
        }
        clearPending();
    }

    private void flushMailboxes() throws SQLException {
        recipients.createAll(
                mailboxEntries.stream().map(MailboxEntry::recipient).toList());
        for (var entry : mailboxEntries) {
            mailboxRows.add(recipients.findOrCreateId(entry.recipient), entry.position);
        }
        mailboxEntries.clear();
        mailboxRows.flush();
    }

    private void delete(int topic, long recipient, long position) throws SQLException {
        delete.setInt(1, topic);
        delete.setLong(2, recipient);
        delete.setLong(3, position);
        if (delete.executeUpdate() > 0 && recipient == DRIVERS_RECIPIENT_ID) {
            update(deleteReaders, position);
        }
    }

    private static int update(PreparedStatement statement, long row) throws SQLException {
        statement.setLong(1, row);
        return statement.executeUpdate();
    }

    private void clearPending() {
        messages.clear();
        mailboxRows.clear();
        mailboxEntries.clear();
        changes.clear();
        changingPickups.clear();
    }

    /// The batch ends.
    public void clearLoaded() {
        loaded.clear();
    }

    /// The transaction was rolled back.
    public void clearCache() {
        recipients.clearCache();
        loaded.clear();
        clearPending();
    }
}
