package waybill.server.caps;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import waybill.hub.relay.Relay;
import waybill.journal.LogEntry;
import waybill.messaging.Queue;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsEvents;
import waybill.server.dialect.caps.Profile;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.EventTrace;
import waybill.socketio.Broadcast;
import waybill.socketio.Namespace;
import waybill.socketio.RawJson;

/// Emits events of the log to the `/caps` sockets of this node: pickups to every socket that may drive except their
/// sender, `in-transit` to the store, to the sockets that subscribed to it and to the driver's own (some drivers
/// deliver only when they receive it), `delivered` to the store and the subscribers. Encoded once per profile with
/// connected sockets.
final class CapsEventBroadcaster implements Relay.EventListener {

    private static final String[] NO_ROOMS = {};

    private final Namespace namespace;
    private final ConnectedProfiles profiles;
    private final OriginSockets originSockets;
    private final DialectCounters counters;

    CapsEventBroadcaster(
            Namespace namespace, ConnectedProfiles profiles, OriginSockets originSockets, DialectCounters counters) {
        this.namespace = namespace;
        this.profiles = profiles;
        this.originSockets = originSockets;
        this.counters = counters;
    }

    @Override
    public void onEvent(LogEntry entry) {
        if (entry.event() instanceof OrderEvent event) {
            entry.order().ifPresent(order -> onEvent(order, event));
        }
    }

    private void onEvent(Order order, OrderEvent event) {
        CapsEvents.topic(order, event).ifPresent(topic -> {
            var queue = new Queue(order.store(), topic);
            for (var profile : Profile.values()) {
                if (profiles.hasAny(profile)) {
                    onEvent(order, event, queue, profile);
                }
            }
            originSockets.remove(order.id());
        });
    }

    private void onEvent(Order order, OrderEvent event, Queue queue, Profile profile) {
        var json = CapsEvents.render(profile, queue.topic(), order, event);
        var eventName = CapsDialect.eventName(queue.topic());
        var rooms = rooms(order, queue, profile);
        counters.sent().add(eventName);
        EventTrace.sent(namespace.name(), rooms, eventName, json);
        var hearers = namespace.to(rooms.toArray(NO_ROOMS)).local();
        var sender = queue.topic().isForDrivers() ? originSockets.of(order.id()) : Optional.<String>empty();
        emit(sender.map(hearers::except).orElse(hearers), queue, order, new RawJson(json));
    }

    /// A large message is not emitted to sockets with a full backlog; they are sent it from the queue later.
    private static void emit(Broadcast to, Queue queue, Order order, RawJson rendered) {
        var eventName = CapsDialect.eventName(queue.topic());
        var characters = rendered.json().length();
        if (characters <= CapsBacklog.LARGE_CHARACTERS) {
            to.emit(eventName, rendered);
            return;
        }
        forEach(to, client -> client.backlog.offer(queue, order.lastSequence(), characters));
        var reached = to.except(CapsRooms.BEHIND);
        reached.emit(eventName, rendered);
        forEach(reached, client -> client.backlog.sent(characters));
    }

    private static void forEach(Broadcast to, Consumer<CapsClientSession> action) {
        to.forEachLocal(socket -> {
            if (socket.data() instanceof CapsClientSession client) {
                action.accept(client);
            }
        });
    }

    private static List<String> rooms(Order order, Queue queue, Profile profile) {
        var store = Stream.of(CapsRooms.store(queue.store(), profile), CapsRooms.queue(queue, profile));
        return switch (queue.topic()) {
            case PICKUP -> List.of(CapsRooms.pickups(profile));
            case IN_TRANSIT -> {
                var driver = order.driver().map(one -> CapsRooms.driver(one, profile));
                yield Stream.concat(store, driver.stream()).toList();
            }
            case DELIVERED -> store.toList();
        };
    }
}
