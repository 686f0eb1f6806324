package waybill.server.realtime;

import java.time.Duration;
import java.util.function.Consumer;
import waybill.access.Principal;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.server.dialect.Heard;
import waybill.server.dialect.Said;
import waybill.socketio.packet.RawJson;

/// Asks single sockets to confirm that they have heard of something. Their answer may say more than that: that they
/// take it, or do not want it.
final class Questions {

    /// How long an answer is waited for: people may decide it.
    static final Duration ANSWER_MAX = Duration.ofMinutes(5);

    private final LiveWork work;

    Questions(LiveWork work) {
        this.work = work;
    }

    /// `confirmed` is told of the first answer.
    ///
    /// @param within how long an answer is waited for; what is asked again and again waits less, since each time is
    ///     remembered until it is answered or over
    void ask(
            Client client,
            Principal principal,
            LogEntry entry,
            Said said,
            Duration within,
            Consumer<Client> confirmed) {
        client.audience.count(said.event());
        EventTrace.sent(client.socket, said.event(), said.json());
        client.socket
                .timeout(within)
                .emitWithAck(said.event(), new RawJson(said.json()))
                .thenAccept(args -> {
                    confirmed.accept(client);
                    entry.order().ifPresent(order -> answered(client, principal, order, said, args.json(0)));
                });
    }

    /// Who answers gets no answer, so what does not come of it is told as an `error`.
    private void answered(Client client, Principal principal, Order order, Said said, String json) {
        var reply = new Reply(client.socket, said.event(), Silent.ACK, client.audience.tally());
        client.dialect.answered(said.event(), order.id(), json).ifPresent(heard -> {
            switch (heard) {
                case Heard.Accept(var id) -> work.accept(principal, id, reply);
                case Heard.Decline(var id, var reason) -> work.decline(principal, id, reason, reply);
                case Heard.Claim(var id) -> work.claim(principal, id, reply);
                case Heard.Pass(var id, var _) -> work.pass(principal, id, reply);
                case Heard.Malformed malformed -> reply.failed(Failure.of(malformed));
                case Heard.Register _,
                        Heard.WatchOrder _,
                        Heard.UnwatchOrder _,
                        Heard.WatchDriver _,
                        Heard.Positions _,
                        Heard.PositionList _,
                        Heard.Place _,
                        Heard.Sync _,
                        Heard.Ping _,
                        Heard.Unknown _ -> {} // no answer to a question
            }
        });
    }
}
