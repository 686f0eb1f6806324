package waybill.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import waybill.journal.Read;
import waybill.messaging.Confirmation;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Recipient;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;

/// The messages and the confirmations of stores, in a few collections.
abstract class InMemoryMessageWriter extends InMemoryOrderWriter {

    record RequestedConfirmation(OrderId order, Confirmation confirmation) {}

    final TreeSet<Long> mailbox = new TreeSet<>();
    final Map<Long, Set<String>> pickupAcks = new HashMap<>();
    final Map<String, List<Long>> mailboxes = new HashMap<>();
    final Map<Long, RequestedConfirmation> confirmations = new TreeMap<>();

    final void copyMessagesTo(InMemoryMessageWriter copy) {
        copy.mailbox.addAll(mailbox);
        copy.pickupAcks.putAll(pickupAcks);
        mailboxes.forEach((recipient, positions) -> copy.mailboxes.put(recipient, new ArrayList<>(positions)));
        copy.confirmations.putAll(confirmations);
    }

    @Override
    public void enqueue(Queue queue, long sequence) {
        mailbox.add(sequences().of(sequence));
    }

    @Override
    public void enqueue(Recipient recipient, long sequence) {
        mailboxes
                .computeIfAbsent(recipient.key(), _ -> new ArrayList<>())
                .add(sequences().of(sequence));
    }

    @Override
    public boolean deleteMessage(Queue queue, String messageId) {
        requireMessageDeclared(queue, messageId);
        return delete(queue, messageId);
    }

    private boolean delete(Queue queue, String messageId) {
        var found = findMessage(queue, messageId);
        found.ifPresent(position -> {
            mailbox.remove(position);
            pickupAcks.remove(position);
        });
        return found.isPresent();
    }

    @Override
    public void withdrawPickup(Order order) {
        delete(new Queue(order.store(), Topic.PICKUP), order.messageId());
    }

    private Optional<Long> findMessage(Queue queue, String messageId) {
        return mailbox.stream()
                .filter(position -> {
                    var letter = message(position);
                    return letter.queue().equals(queue) && letter.messageId().equals(messageId);
                })
                .findFirst();
    }

    @Override
    public boolean acknowledgePickup(Queue queue, String messageId, Actor reader) {
        requireMessageDeclared(queue, messageId);
        return findMessage(queue, messageId)
                .filter(position -> isFor(message(position), reader.toString()))
                .filter(position -> {
                    var readers = pickupAcks.computeIfAbsent(position, _ -> Set.of());
                    var more = new LinkedHashSet<>(readers);
                    var isNew = readers.size() < PICKUP_ACKS_MAX && more.add(reader.toString());
                    pickupAcks.put(position, more);
                    return isNew;
                })
                .isPresent();
    }

    /// No other driver has the order.
    static boolean isFor(QueuedMessage letter, String reader) {
        return letter.claimedBy()
                .filter(driver -> !driver.startsWith("socket:") && !driver.equals(reader))
                .isEmpty();
    }

    @Override
    public void deletePickupAcks(Order order) {
        findMessage(new Queue(order.store(), Topic.PICKUP), order.messageId()).ifPresent(pickupAcks::remove);
    }

    @Override
    public void requestConfirmation(Order order, long sequence, Instant at) {
        var position = sequences().of(sequence);
        var receipt = new Confirmation(position, order.store(), at, 0, null, null, null);
        confirmations.put(position, new RequestedConfirmation(order.id(), receipt));
    }

    @Override
    public void recordConfirmationAttempt(String store, long position, Instant at) {
        confirmations.computeIfPresent(
                position,
                (_, asked) -> asked.confirmation.store().equals(store)
                        ? new RequestedConfirmation(
                                asked.order, withAttempt(asked.confirmation, asked.confirmation.attempts() + 1, at))
                        : asked);
    }

    private static Confirmation withAttempt(Confirmation receipt, int attempts, Instant sentAt) {
        return new Confirmation(
                receipt.eventId(),
                receipt.store(),
                receipt.requestedAt(),
                attempts,
                sentAt,
                receipt.acknowledgedAtOrNone(),
                receipt.closedAtOrNone());
    }

    @Override
    public boolean confirm(String store, long position, Instant at) {
        requireDeclared(new Read.OfConfirmation(store, position));
        var asked = confirmations.get(position);
        if (asked == null
                || !asked.confirmation.store().equals(store)
                || asked.confirmation.acknowledgedAt().isPresent()) {
            return false;
        }
        var receipt = asked.confirmation;
        confirmations.put(
                position,
                new RequestedConfirmation(
                        asked.order,
                        new Confirmation(
                                position,
                                store,
                                receipt.requestedAt(),
                                receipt.attempts(),
                                receipt.sentAtOrNone(),
                                at,
                                receipt.closedAtOrNone())));
        return true;
    }

    @Override
    public void closeConfirmations(Order order, Instant at) {
        confirmations.replaceAll((_, asked) -> asked.order.equals(order.id()) && isOpenConfirmation(asked.confirmation)
                ? new RequestedConfirmation(
                        asked.order,
                        new Confirmation(
                                asked.confirmation.eventId(),
                                asked.confirmation.store(),
                                asked.confirmation.requestedAt(),
                                asked.confirmation.attempts(),
                                asked.confirmation.sentAtOrNone(),
                                null,
                                at))
                : asked);
    }

    private static boolean isOpenConfirmation(Confirmation receipt) {
        return receipt.state() == Confirmation.State.PENDING || receipt.state() == Confirmation.State.SENT;
    }

    final QueuedMessage message(long position) {
        var entry = events.get((int) position - 1);
        var order = entry.order().orElseThrow();
        var event = (OrderEvent) entry.event();
        return new QueuedMessage(
                new Queue(order.store(), Topic.of(event).orElseThrow()),
                order,
                event,
                entry.receivedAt(),
                loadOrder(order.id())
                        .flatMap(Order::driver)
                        .map(Actor::toString)
                        .orElse(null));
    }
}
