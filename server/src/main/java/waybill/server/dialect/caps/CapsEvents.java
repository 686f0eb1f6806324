package waybill.server.dialect.caps;

import java.util.Optional;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.server.dialect.write.JsonObjectWriter;

/// Renders the events of an order for `/caps`.
public final class CapsEvents {

    private CapsEvents() {}

    /// The topic of an event, if `/caps` has it: a parcel that has a driver already is offered to none.
    public static Optional<Topic> topic(Order order, OrderEvent event) {
        return Topic.of(event)
                .filter(topic -> !topic.isForDrivers() || order.driver().isEmpty());
    }

    /// The payload of an event with that topic, as JSON text.
    ///
    /// @param order the order after the event
    public static String render(Profile profile, Topic topic, Order order, OrderEvent event) {
        return CapsDialect.render(
                profile,
                new Queue(order.store(), topic),
                order.messageId(),
                document(order, event),
                order.lastSequence());
    }

    /// The parcel that an event of an order is sent with: as the sender of the step wrote it, or else the sender of the
    /// order, or else rendered from the order.
    public static String document(Order order, OrderEvent event) {
        var document = order.documentOf(event);
        return document.equals(OrderEvent.NO_DOCUMENT) ? renderOrder(order) : document;
    }

    /// The parcel of an order that was placed elsewhere, as if it had been placed here: `{store, orderId, customer,
    /// address, orderNumber}`, and the `notes` of the address if it has any. A customer's external id is not sent,
    /// because drivers cannot use it.
    static String renderOrder(Order order) {
        var fields = new JsonObjectWriter()
                .put("store", order.store())
                .put("orderId", order.foreignIdOwner().isPresent() ? order.messageId() : order.foreignId())
                .put("customer", order.details().customerName())
                .put("address", order.details().dropoff().text())
                .put("orderNumber", order.number());
        order.details().dropoff().notes().ifPresent(notes -> fields.put("notes", notes));
        return fields.json();
    }
}
