package waybill.storage.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
/// [#flush]: new rows, then the others, those of each statement together.
public final class MessageTable {

    /// The recipient of messages of a queue that are for the drivers.
    public static final long DRIVERS_RECIPIENT_ID = 0;

    private static final String DELETE_PICKUP_ACKS =
            "DELETE FROM pickup_confirmation WHERE position = (SELECT ready_at FROM orders WHERE order_row = ?)";

    private static final String WITHDRAW_PICKUP = """
            DELETE FROM mailbox WHERE topic = 0 AND recipient = 0
            AND position = (SELECT ready_at FROM orders WHERE order_row = ?)
            """;

    private record MailboxEntry(String recipient, long position) {}

    private final InternedNames stores;
    private final InternedNames recipients;
    private final LoadedMessages loaded;
    private final InsertBatch messages;
    private final InsertBatch mailboxRows;
    private final List<MailboxEntry> mailboxEntries = new ArrayList<>();
    private final Map<Long, Set<String>> newReaders = new LinkedHashMap<>(); // by the positions of pickups
    private final Set<Long> changingPickups = new HashSet<>(); // by the rows of their orders
    private final BatchedStatement delete;
    private final BatchedStatement deleteReaders;
    private final BatchedStatement withdraw;
    private final BatchedStatement addReader;
    private final BatchedStatement clearReaders;

    public MessageTable(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        recipients = InternedNames.forRecipients(statements);
        loaded = new LoadedMessages(statements);
        messages = new InsertBatch(statements, "INSERT INTO mailbox (topic, recipient, position, store)", 4);
        mailboxRows = new InsertBatch(statements, "INSERT INTO letter (recipient, position)", 2);
        delete = new BatchedStatement(
                statements, "DELETE FROM mailbox WHERE topic = ? AND recipient = ? AND position = ?");
        deleteReaders = new BatchedStatement(statements, "DELETE FROM pickup_confirmation WHERE position = ?");
        withdraw = new BatchedStatement(statements, WITHDRAW_PICKUP);
        addReader = new BatchedStatement(
                statements, "INSERT INTO pickup_confirmation (position, reader) VALUES (?, ?) ON CONFLICT DO NOTHING");
        clearReaders = new BatchedStatement(statements, DELETE_PICKUP_ACKS);
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
    public void withdrawPickup(Order order, long orderRow) throws SQLException {
        withdraw.add(row -> row.setLong(1, orderRow));
        clearReaders(order, orderRow);
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
        delete.add(row -> {
            row.setInt(1, EnumCodes.encode(queue.topic()));
            row.setLong(2, recipient);
            row.setLong(3, position.get());
        });
        if (recipient == DRIVERS_RECIPIENT_ID) {
            newReaders.remove(position.get());
            deleteReaders.add(row -> row.setLong(1, position.get()));
        }
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
        newReaders.computeIfAbsent(position.get(), _ -> new LinkedHashSet<>()).add(reader.toString());
        return true;
    }

    /// An anonymous driver may be another connection of the reader.
    private static boolean isReader(Actor driver, Actor reader) {
        return driver.equals(reader) || driver.toString().startsWith("socket:");
    }

    public void deletePickupAcks(Order order, long orderRow) throws SQLException {
        clearReaders(order, orderRow);
        changingPickups.add(orderRow);
        loaded.clearReaders(pickup(order.store(), order.messageId()));
    }

    /// Readers of the batch until now are not written at all, so that those after them are written last.
    private void clearReaders(Order order, long orderRow) throws SQLException {
        loaded.find(pickup(order.store(), order.messageId())).ifPresent(newReaders::remove);
        clearReaders.add(row -> row.setLong(1, orderRow));
    }

    private static MessageKey pickup(String store, String messageId) {
        return new MessageKey(new Queue(store, Topic.PICKUP), messageId);
    }

    /// Writes what was added and changed and is not in the tables yet. The orders and events must have been written
    /// before.
    public void flush() throws SQLException {
        messages.flush();
        flushMailboxes();
        for (var statement : List.of(delete, deleteReaders, withdraw, clearReaders)) {
            statement.flush();
        }
        for (var readers : newReaders.entrySet()) {
            for (var reader : readers.getValue()) {
                addReader.add(row -> {
                    row.setLong(1, readers.getKey());
                    row.setString(2, reader);
                });
            }
        }
        addReader.flush();
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

    private void clearPending() {
        messages.clear();
        mailboxRows.clear();
        mailboxEntries.clear();
        newReaders.clear();
        changingPickups.clear();
    }

    /// The batch ends.
    public void clearLoaded() {
        loaded.clear();
    }

    /// The transaction was rolled back.
    public void clearCache() throws SQLException {
        for (var statement : List.of(delete, deleteReaders, withdraw, addReader, clearReaders)) {
            statement.clear();
        }
        recipients.clearCache();
        loaded.clear();
        clearPending();
    }
}
