package waybill.messaging;

import waybill.order.Actor;
import waybill.order.Order;

/// The queues within one transaction. A port: `storage` implements it. Read with [MessageQueues].
public interface QueueWriter {

    /// How many drivers may acknowledge one pickup. A later acknowledgement is not saved: that driver receives the
    /// pickup again.
    int PICKUP_ACKS_MAX = 1_000;

    /// Adds the newest event, which has this sequence, to a queue.
    void enqueue(Queue queue, long sequence);

    /// Deletes a message from a queue. False when the queue does not contain it.
    boolean deleteMessage(Queue queue, String messageId);

    /// Deletes the pickup of an order from the queue of the drivers, if it is in it.
    void withdrawPickup(Order order);

    /// Saves that this driver has acknowledged a pickup and does not receive it again. False when it is not queued for
    /// that driver or was acknowledged before.
    boolean acknowledgePickup(Queue queue, String messageId, Actor driver);

    /// Deletes the drivers' acknowledgements of an order's pickup, when a driver gets the order or loses it.
    void deletePickupAcks(Order order);
}
