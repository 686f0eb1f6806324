package waybill.server.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionUpdate;
import waybill.hub.position.TrackingSnapshot;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.FixOutcome;

/// One client's way of saying what they all mean. A dialect translates and decides nothing: no state, no clock, no
/// opinion on whether what was said is allowed.
///
/// What has happened is told once for all who speak a dialect: who of them hears it is a matter of rooms, which the
/// dialect names.
public interface Dialect {

    /// The name that a client gives in its handshake.
    String name();

    /// What a client means by an event; `json` is its first argument, `null` if it gave none. Total: any text at all
    /// has a meaning.
    ClientMessage parse(String event, String json);

    /// What a client means by its answer to an event that wanted a receipt. Empty when it only says that it has it.
    ///
    /// @param order what the event was about
    /// @param json the first argument of the answer, `null` if it gave none
    default Optional<ClientMessage> parseAck(String event, OrderId order, String json) {
        return Optional.empty();
    }

    /// The room of all who speak this dialect, in which a socket is before it has said who it is.
    String broadcastRoom();

    /// The rooms that somebody joins on connecting, beyond that of everybody.
    Set<String> rooms(Principal principal);

    /// The room of those who watch an order.
    String orderRoom(OrderId order);

    /// The room of those who watch a driver, where that can be asked for.
    String driverRoom(String driver);

    /// What is said of an event, in this order. Nothing for what clients of this dialect need not know.
    List<RoomMessage> render(LogEntry entry);

    RoomMessage render(PositionUpdate position);

    RoomMessage render(EtaUpdate eta);

    /// What a socket is told when it is connected.
    default Optional<DirectMessage> renderConnected(Principal principal, String socketId, Instant now) {
        return Optional.empty();
    }

    /// What a socket is told when it has registered.
    default Optional<DirectMessage> renderRegistered(Principal principal, String socketId) {
        return Optional.empty();
    }

    /// What a driver is told when its position was received.
    ///
    /// @param clockOffsetMs how much the phone's clock is ahead, negative if it is behind; 0 if it is right
    default Optional<DirectMessage> renderReceived(
            @Nullable OrderId order, Instant receivedAt, FixOutcome outcome, long clockOffsetMs) {
        return Optional.empty();
    }

    /// What somebody is answered who has placed an order: the whole ack. `again` if the order was there before.
    String renderPlaced(Order order, boolean again);

    /// What a field of `POST /orders` is called here.
    default String fieldName(String name) {
        return name;
    }

    /// What somebody is answered who begins to watch an order: the whole ack.
    String renderSnapshot(TrackingSnapshot snapshot);
}
