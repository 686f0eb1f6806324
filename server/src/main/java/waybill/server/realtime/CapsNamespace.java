package waybill.server.realtime;

import java.util.function.Function;
import java.util.function.Predicate;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.Relay;
import waybill.server.dialect.CapsDialect;
import waybill.server.dialect.CapsHeard;
import waybill.server.identity.Guard;
import waybill.socketio.Args;
import waybill.socketio.Handshake;
import waybill.socketio.Namespace;

/// Hears what is said on `/caps`, has the dialect make sense of it, and has it done.
public final class CapsNamespace {

    private enum Kind {
        SESSION,
        ORDER_WORK,
        RECEIPT
    }

    private final CapsServices services;
    private final Senders senders = new Senders();
    private final Tally tally = new Tally("caps");
    private final Namespace namespace;
    private final CapsSession session;
    private final CapsWork work;

    /// Takes over the namespace: its handlers are these.
    ///
    /// @param strangers who may come in without a token, and is believed what they claim
    public CapsNamespace(Namespace namespace, CapsServices services, Guard guard, Predicate<Handshake> strangers) {
        this.namespace = namespace;
        this.services = services;
        session = new CapsSession(services);
        work = new CapsWork(services, senders);
        var entrance = new CapsEntrance(services);
        guard.protect(namespace, strangers, entrance::entered);
        namespace.use(entrance::admit);
        namespace.onDisconnect(entrance::disconnected);
        on("join", Kind.SESSION, CapsDialect::join);
        on("subscribe", Kind.SESSION, CapsDialect::subscribe);
        on("unsubscribe", Kind.SESSION, CapsDialect::unsubscribe);
        on("getAll", Kind.SESSION, CapsDialect::getAll);
        on("pickup", Kind.ORDER_WORK, CapsDialect::pickup);
        on("in-transit", Kind.ORDER_WORK, CapsDialect::inTransit);
        on("delivered", Kind.ORDER_WORK, CapsDialect::delivered);
        on("scan", Kind.ORDER_WORK, CapsDialect::scan);
        on("received", Kind.RECEIPT, CapsDialect::received);
    }

    /// Who tells the namespace what has happened.
    public Relay.World news() {
        return new CapsNews(namespace, services.present(), senders, tally);
    }

    public Namespace namespace() {
        return namespace;
    }

    /// What has come and gone here.
    public Tally tally() {
        return tally;
    }

    private void on(String event, Kind kind, Function<String, CapsHeard> hear) {
        namespace.on(event, (socket, args, ack) -> {
            EventTrace.heard(socket, event, args.json(0));
            var reply = new Reply(socket, event, ack, tally);
            tally.heard().add(event);
            if (!(socket.data() instanceof CapsClient client)) {
                throw new IllegalStateException("a socket that never connected");
            }
            if (isWithinBudget(client, kind, reply)) {
                handle(client, understood(hear, args), reply);
            }
        });
    }

    private static CapsHeard understood(Function<String, CapsHeard> hear, Args args) {
        return args.isBinary()
                ? new CapsHeard.Malformed("payload", "payload: binary (expected: JSON alone)")
                : hear.apply(args.json(0));
    }

    private boolean isWithinBudget(CapsClient client, Kind kind, Reply reply) {
        var budget = switch (kind) {
            case SESSION -> client.sessionEvents;
            case ORDER_WORK -> client.orderWork;
            case RECEIPT -> null;
        };
        if (budget == null || budget.take(services.clock().millis())) {
            return true;
        }
        reply.failed(Failure.rateLimited(reply.event(), budget.retryAfterMs()));
        return false;
    }

    private void handle(CapsClient client, CapsHeard heard, Reply reply) {
        var objection = client.who.flatMap(who -> CapsRights.objection(who, heard));
        if (objection.isPresent()) {
            reply.failed(Failure.forbidden(objection.get()));
            return;
        }
        switch (heard) {
            case CapsHeard.Join(var store) -> session.join(client, store, reply);
            case CapsHeard.Subscribe subscribe -> session.subscribe(client, subscribe, reply);
            case CapsHeard.Unsubscribe unsubscribe -> session.unsubscribe(client, unsubscribe, reply);
            case CapsHeard.Pickup pickup -> work.pickup(client, pickup, reply);
            case CapsHeard.InTransit said ->
                work.move(
                        client,
                        said.store(),
                        said.name(),
                        new OrderCommand.Collect(client.actor, said.order()),
                        said.occurredAt(),
                        reply);
            case CapsHeard.Delivered said ->
                work.move(
                        client,
                        said.store(),
                        said.name(),
                        new OrderCommand.HandOver(client.actor, said.order()),
                        said.occurredAt(),
                        reply);
            case CapsHeard.Scan said ->
                work.move(
                        client,
                        said.store(),
                        said.code(),
                        new OrderCommand.HandOver(client.actor, OrderEvent.NOTHING_SAID),
                        said.occurredAt(),
                        reply);
            case CapsHeard.Received(var queue, var messageId) -> work.received(queue, messageId, reply);
            case CapsHeard.GetAll getAll -> session.getAll(client, getAll, reply);
            case CapsHeard.Malformed malformed -> reply.failed(Failure.of(malformed));
        }
    }
}
