package waybill.storage.sql;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import waybill.journal.AppendListener;
import waybill.messaging.Queue;
import waybill.messaging.Recipient;
import waybill.order.Actor;
import waybill.order.Order;

/// The messages and the confirmations of stores, on the writing connection. Belongs to the journal's thread.
abstract class SqlMessageWriter extends SqlOrderWriter {

    SqlMessageWriter(Statements statements, TrustedClock clock, AppendListener appendListener) throws SQLException {
        super(statements, clock, appendListener);
    }

    @Override
    public void enqueue(Queue queue, long sequence) {
        var position = uncommitted.sequences().of(sequence);
        translateErrors(() -> {
            messages.enqueue(queue, uncommitted.order(position), position);
            return true;
        });
    }

    @Override
    public void enqueue(Recipient recipient, long sequence) {
        messages.enqueue(recipient, uncommitted.sequences().of(sequence));
    }

    @Override
    public boolean deleteMessage(Queue queue, String messageId) {
        return translateErrors(() -> {
            requireLoaded(new MessageTable.Key(queue, messageId, null));
            return messages.deleteMessage(queue, messageId);
        });
    }

    @Override
    public boolean acknowledgePickup(Queue queue, String messageId, Actor reader) {
        return translateErrors(() -> {
            requireLoaded(new MessageTable.Key(queue, messageId, reader));
            var driver = findByStoreReference(queue.store(), messageId)
                    .filter(order -> order.messageId().equals(messageId))
                    .flatMap(Order::driver);
            return messages.acknowledgePickup(queue, messageId, driver, reader);
        });
    }

    /// A message that no transaction of the batch has declared is read now, after what was written before.
    private void requireLoaded(MessageTable.Key key) throws SQLException {
        if (!messages.isLoaded(key)) {
            writePending();
            messages.load(List.of(key));
        }
    }

    @Override
    public void withdrawPickup(Order order) {
        translateErrors(() -> {
            messages.withdrawPickup(order, rowOf(order));
            return true;
        });
    }

    @Override
    public void deletePickupAcks(Order order) {
        translateErrors(() -> {
            messages.deletePickupAcks(order, rowOf(order));
            return true;
        });
    }

    @Override
    public void requestConfirmation(Order order, long sequence, Instant at) {
        translateErrors(() -> {
            confirmations.request(
                    order.store(), rowOf(order), uncommitted.sequences().of(sequence), at);
            return true;
        });
    }

    @Override
    public void recordConfirmationAttempt(String store, long sequence, Instant at) {
        translateErrors(() -> {
            confirmations.recordAttempt(store, sequence, at);
            return true;
        });
    }

    @Override
    public boolean confirm(String store, long sequence, Instant at) {
        return translateErrors(() -> {
            if (!confirmations.isLoaded(store, sequence)) {
                writePending();
                confirmations.load(store, sequence);
            }
            return confirmations.confirm(store, sequence, at);
        });
    }

    @Override
    public void closeConfirmations(Order order, Instant at) {
        translateErrors(() -> {
            confirmations.close(rowOf(order), at);
            return true;
        });
    }
}
