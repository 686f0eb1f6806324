package waybill.server.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionUpdate;
import waybill.hub.position.SignalUpdate;
import waybill.hub.position.TrackingSnapshot;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.SystemAlert;
import waybill.tracking.FixOutcome;

/// The event names and payloads of one app family. A dialect parses and renders, and decides nothing: it has no
/// state, no clock and no authorization.
///
/// An event is rendered once for all clients of a dialect: its recipients are a matter of rooms, which the dialect
/// names.
public interface Dialect {

    /// The name of the dialect in a handshake.
    String name();

    /// Parses an event; `json` is its first argument, `null` if it has none. Total: any text gives a message.
    ClientMessage parse(String event, String json);

    /// The command in a client's ack of an event. Empty when the ack only confirms the event.
    ///
    /// @param order the order of the event
    /// @param json the first argument of the ack, `null` if it has none
    default Optional<ClientMessage> parseAck(String event, OrderId order, String json) {
        return Optional.empty();
    }

    /// The room of all clients of this dialect, which a socket joins before it is identified.
    String broadcastRoom();

    /// The rooms that a user's socket joins on connecting, beyond that of all clients.
    Set<String> rooms(Principal principal);

    /// The room of an order's subscribers.
    String orderRoom(OrderId order);

    /// The room of a driver's subscribers, where the dialect has such subscriptions.
    String driverRoom(String driver);

    /// The messages of an event, in this order. None if clients of this dialect do not receive it.
    List<RoomMessage> render(LogEntry entry);

    RoomMessage render(PositionUpdate position);

    RoomMessage render(EtaUpdate eta);

    /// The message that the signal of a driver is lost, or regained.
    RoomMessage render(SignalUpdate signal);

    /// The message about an alert of a node that is not in the log.
    ///
    /// @param isOpen whether it was opened; otherwise it was cleared
    RoomMessage renderNodeAlert(SystemAlert alert, boolean isOpen, Instant at);

    /// The message that a socket receives when it is connected.
    default Optional<DirectMessage> renderConnected(Principal principal, String socketId, Instant now) {
        return Optional.empty();
    }

    /// The message that a socket receives when it has registered.
    default Optional<DirectMessage> renderRegistered(Principal principal, String socketId) {
        return Optional.empty();
    }

    /// The message that a driver receives for a reported position.
    ///
    /// @param clockOffsetMs how much the phone's clock is ahead, negative if it is behind; 0 if it is right
    default Optional<DirectMessage> renderReceived(
            @Nullable OrderId order, Instant receivedAt, FixOutcome outcome, long clockOffsetMs) {
        return Optional.empty();
    }

    /// The message by which a driver learns after how many milliseconds to report its next position.
    DirectMessage renderRateHint(long intervalMs);

    /// The ack of an order that was placed. `again` if the order is a duplicate.
    String renderPlaced(Order order, boolean again);

    /// The name of a field of `POST /orders` in this dialect.
    default String fieldName(String name) {
        return name;
    }

    /// The ack of a subscription to an order.
    String renderSnapshot(TrackingSnapshot snapshot);
}
