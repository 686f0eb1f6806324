package waybill.server.live;

import java.time.Duration;
import java.util.function.Consumer;
import waybill.access.Principal;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.server.dialect.ClientMessage;
import waybill.server.dialect.RoomMessage;
import waybill.server.socket.EventError;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.NoAck;
import waybill.socketio.packet.RawJson;

/// Asks single sockets to confirm that they have heard of something. Their answer may say more than that: that they
/// take it, or do not want it.
final class AckRequests {

    /// How long an answer is waited for: people may decide it.
    static final Duration ACK_TIMEOUT = Duration.ofMinutes(5);

    private final OrderCommands orderCommands;

    AckRequests(OrderCommands work) {
        this.orderCommands = work;
    }

    /// `confirmed` is told of the first answer.
    ///
    /// @param within how long an answer is waited for; what is asked again and again waits less, since each time is
    ///     remembered until it is answered or over
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

    /// Who answers gets no answer, so what does not come of it is told as an `error`.
    private void onAck(ClientSession client, Principal principal, Order order, RoomMessage outgoing, String json) {
        var reply = new EventResponder(client.socket, outgoing.event(), NoAck.ACK, client.channel.counters());
        client.dialect.parseAck(outgoing.event(), order.id(), json).ifPresent(message -> {
            switch (message) {
                case ClientMessage.Accept(var id) -> orderCommands.accept(principal, id, reply);
                case ClientMessage.Decline(var id, var reason) -> orderCommands.decline(principal, id, reason, reply);
                case ClientMessage.Claim(var id) -> orderCommands.claim(principal, id, reply);
                case ClientMessage.DeclineRequest(var id, var _) -> orderCommands.declineRequest(principal, id, reply);
                case ClientMessage.Malformed malformed -> reply.failed(EventError.of(malformed));
                case ClientMessage.Register _,
                        ClientMessage.WatchOrder _,
                        ClientMessage.UnwatchOrder _,
                        ClientMessage.WatchDriver _,
                        ClientMessage.Positions _,
                        ClientMessage.PositionList _,
                        ClientMessage.Place _,
                        ClientMessage.Sync _,
                        ClientMessage.Ping _,
                        ClientMessage.Unknown _ -> {} // no answer to a question
            }
        });
    }
}
