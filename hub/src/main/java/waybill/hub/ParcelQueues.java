package waybill.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import waybill.journal.Journal;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// The queues of parcels: which events enter and leave them, and what a client acknowledges.
public final class ParcelQueues {

    /// Two orders with the same reference show that it is ambiguous.
    private static final int MATCHES_MAX = 2;

    private final Journal journal;

    public ParcelQueues(Journal journal) {
        this.journal = journal;
    }

    /// Adds an event to its queue, and deletes the pickup that it makes obsolete. An [EventRouting].
    public static void route(UnitOfWork work, Order order, OrderEvent event) {
        Topic.of(event)
                .filter(topic -> !topic.isForDrivers() || order.driver().isEmpty())
                .ifPresent(topic -> work.enqueue(new Queue(order.store(), topic), order.lastSequence()));
        if (event instanceof OrderEvent.StateChanged(var to, var _, var _) && endsDelivery(to)) {
            work.withdrawPickup(order);
        }
        if (event instanceof OrderEvent.HandedBack) {
            work.withdrawPickup(order); // it is offered by a new message once it is ready
        }
        if (event instanceof OrderEvent.Assigned) {
            work.deletePickupAcks(order);
        }
    }

    /// Whether the state ends a delivery that drivers may have been offered.
    private static boolean endsDelivery(OrderState to) {
        return switch (to) {
            case DELIVERED, CANCELLED, FAILED -> true;
            case NEW,
                    PENDING,
                    PAYMENT_CONFIRMED,
                    ACCEPTED,
                    PREPARING,
                    READY_FOR_PICKUP,
                    ASSIGNED_TO_DRIVER,
                    PICKED_UP,
                    IN_TRANSIT,
                    DECLINED,
                    EXPIRED,
                    RETURNED -> false;
        };
    }

    /// Acknowledges a message. A message to a store is deleted from its queue. A pickup is for all drivers, so only
    /// this driver is not sent it again, until a driver takes the parcel.
    ///
    /// @param store the store of the parcel; if it is empty or not a store, the one active order with that
    ///     reference determines it
    /// @return false when none of these queues contained it
    public CompletableFuture<Boolean> acknowledgeMessage(
            Optional<String> store, List<Topic> topics, String messageId, Actor by) {
        return journal.submit(new Transaction<>(reads(store, topics, messageId, by), work -> {
            var isAny = false;
            for (var topic : topics) {
                isAny |= topic.isForDrivers()
                        ? findPickupQueue(work, store, messageId, by)
                                .filter(queue -> work.acknowledgePickup(queue, messageId, by))
                                .isPresent()
                        : store.filter(name -> work.deleteMessage(new Queue(name, topic), messageId))
                                .isPresent();
            }
            var isFound = isAny;
            return _ -> isFound;
        }));
    }

    private static List<Read> reads(Optional<String> store, List<Topic> topics, String messageId, Actor by) {
        var reads = new ArrayList<Read>();
        for (var topic : topics) {
            if (topic.isForDrivers()) {
                reads.add(
                        store.isPresent()
                                ? new Read.OfReferenceElsewhere(store.get(), messageId)
                                : new Read.OfReference(messageId));
                reads.add(new Read.OfPickup(store.orElse(null), messageId, by));
            } else {
                store.ifPresent(name -> reads.add(new Read.OfMessage(new Queue(name, topic), messageId)));
            }
        }
        return reads;
    }

    public CompletableFuture<Boolean> acknowledgeMessage(Queue queue, String messageId, Actor by) {
        return acknowledgeMessage(Optional.of(queue.store()), List.of(queue.topic()), messageId, by);
    }

    private static Optional<Queue> findPickupQueue(
            UnitOfWork work, Optional<String> store, String messageId, Actor by) {
        var owner = store.filter(work::storeExists);
        if (owner.isEmpty()) {
            var active = work.findAllByReference(
                    messageId, Optional.empty(), UnitOfWork.ReferenceScope.ACTIVE, by, MATCHES_MAX);
            owner = active.size() == 1 ? Optional.of(active.getFirst().store()) : Optional.empty();
        }
        return owner.map(name -> new Queue(name, Topic.PICKUP));
    }
}
