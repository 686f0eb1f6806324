package waybill.storage.sqlite;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.SQLException;
import java.time.Instant;
import waybill.journal.AppendListener;
import waybill.messaging.Queue;
import waybill.messaging.Recipient;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.storage.sql.Statements;
import waybill.storage.sql.TrustedClock;

/// The messages and the confirmations of stores, on the writing connection. Belongs to the journal's thread.
abstract class SqliteMessageWriter extends SqliteOrderWriter {

    SqliteMessageWriter(Statements statements, TrustedClock clock, AppendListener appendListener) throws SQLException {
        super(statements, clock, appendListener);
    }

    @Override
    public void enqueue(Queue queue, long sequence) {
        translateErrors(() -> {
            messages.enqueue(queue, uncommitted.sequences().of(sequence));
            return true;
        });
    }

    @Override
    public void enqueue(Recipient recipient, long sequence) {
        translateErrors(() -> {
            messages.enqueue(recipient, uncommitted.sequences().of(sequence));
            return true;
        });
    }

    @Override
    public boolean deleteMessage(Queue queue, String messageId) {
        return translateErrors(() -> {
            writePending();
            return messages.deleteMessage(queue, messageId);
        });
    }

    @Override
    public boolean acknowledgePickup(Queue queue, String messageId, Actor reader) {
        return translateErrors(() -> {
            writePending();
            return messages.acknowledgePickup(queue, messageId, reader);
        });
    }

    @Override
    public void withdrawPickup(Order order) {
        messages.withdrawPickup(rowOf(order));
    }

    @Override
    public void deletePickupAcks(Order order) {
        messages.deletePickupAcks(rowOf(order));
    }

    @Override
    public void requestConfirmation(Order order, long sequence, Instant at) {
        translateErrors(() -> {
            messages.requestConfirmation(
                    order.store(), rowOf(order), uncommitted.sequences().of(sequence), at);
            return true;
        });
    }

    @Override
    public void recordConfirmationAttempt(String store, long position, Instant at) {
        translateErrors(() -> {
            writePending();
            return messages.recordConfirmationAttempt(store, position, at);
        });
    }

    @Override
    public boolean confirm(String store, long position, Instant at) {
        return translateErrors(() -> {
            writePending();
            return messages.confirm(store, position, at);
        });
    }

    @Override
    public void closeConfirmations(Order order, Instant at) {
        messages.closeConfirmations(rowOf(order), at);
    }
}
