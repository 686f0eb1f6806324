package waybill.server.live;

import java.time.Duration;
import java.util.function.Consumer;
import waybill.access.Principal;
import waybill.hub.refusal.Refusal;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.server.dialect.ClientMessage;
import waybill.server.dialect.RoomMessage;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.NoAck;
import waybill.socketio.RawJson;

/// Sends events that request an ack to single sockets. The ack may also contain a decision: the client accepts the
/// order, or declines it.
public final class AckRequests {

    /// The timeout of an ack that may contain a decision of a person.
    static final Duration ACK_TIMEOUT = Duration.ofMinutes(5);

    private final OrderCommands orderCommands;

    public AckRequests(OrderCommands work) {
        this.orderCommands = work;
    }

    /// Calls `confirmed` with the first ack.
    ///
    /// @param within timeout of the ack; shorter for an event that is sent repeatedly, since each one is pending
    ///     until its ack or its timeout
    void request(
            ClientSession client,
            Principal principal,
            LogEntry entry,
            RoomMessage outgoing,
            Duration within,
            Consumer<ClientSession> confirmed) {
        client.channel.countSent(outgoing.event());
        EventTrace.sent(client.socket, outgoing.event(), outgoing.json());
        client.socket
                .timeout(within)
                .emitWithAck(outgoing.event(), new RawJson(outgoing.json()))
                .thenAccept(args -> {
                    confirmed.accept(client);
                    entry.order().ifPresent(order -> onAck(client, principal, order, outgoing, args.json(0)));
                });
    }

    /// An ack has no ack of its own, so an error of its command is emitted as an `error` event.
    private void onAck(ClientSession client, Principal principal, Order order, RoomMessage outgoing, String json) {
        var reply = new EventResponder(client.socket, outgoing.event(), NoAck.ACK, client.channel.counters());
        client.dialect.parseAck(outgoing.event(), order.id(), json).ifPresent(message -> {
            switch (message) {
                case ClientMessage.Accept(var id) -> orderCommands.accept(principal, id, reply);
                case ClientMessage.Decline(var id, var reason) -> orderCommands.decline(principal, id, reason, reply);
                case ClientMessage.AcceptOffer(var id) -> orderCommands.acceptOffer(principal, id, reply);
                case ClientMessage.DeclineOffer(var id, var reason) ->
                    orderCommands.declineOffer(principal, id, reason, reply);
                case ClientMessage.Malformed malformed ->
                    reply.failed(Refusal.invalid(malformed.field(), malformed.message()));
                case ClientMessage.Register _,
                        ClientMessage.WatchOrder _,
                        ClientMessage.UnwatchOrder _,
                        ClientMessage.WatchDriver _,
                        ClientMessage.WatchFleet _,
                        ClientMessage.UnwatchFleet _,
                        ClientMessage.Positions _,
                        ClientMessage.PositionList _,
                        ClientMessage.Place _,
                        ClientMessage.SetDriverStatus _,
                        ClientMessage.HandBack _,
                        ClientMessage.Sync _,
                        ClientMessage.Ping _,
                        ClientMessage.Unknown _ -> {} // no ack was requested
            }
        });
    }
}
