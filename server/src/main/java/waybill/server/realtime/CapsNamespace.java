package waybill.server.realtime;

import java.util.Optional;
import java.util.function.Predicate;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.Relay;
import waybill.server.dialect.CapsEvent;
import waybill.server.dialect.CapsHeard;
import waybill.server.identity.Guard;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Handshake;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// Hears what is said on `/caps`, has the dialect make sense of it, and has it done.
public final class CapsNamespace {

    /// What the guard handles itself.
    private static final String REFRESH = "auth:refresh";

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
        var entrance = new CapsEntrance(services, tally);
        namespace.use((socket, next) -> entrance.beforeToken(socket)
                .ifPresentOrElse(rejection -> guard.refuse(socket, rejection, next), next::proceed));
        namespace.use((socket, next) -> {
            if (socket.data() instanceof CapsClient) {
                socket.startAnew(); // what it missed waits in queues, so it joins and asks for it again
            }
            next.proceed();
        });
        guard.protect(namespace, strangers, entrance::afterToken, entrance::entered);
        namespace.onDisconnect(entrance::disconnected);
        SocketLog.of(namespace);
        namespace.filter(this::hear);
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

    /// Every event of a client comes here, so that one which is not known is answered, too.
    private boolean hear(Socket socket, String name, Args args, Ack ack) {
        if (name.equals(REFRESH) || !(socket.data() instanceof CapsClient client)) {
            return true;
        }
        var event = CapsEvent.of(name);
        var reply = new Reply(socket, EventTrace.name(name), ack, tally);
        tally.heard().add(event.map(CapsEvent::word).orElse(Tally.UNKNOWN));
        try {
            if (isWithinBudget(client, event, reply)) {
                EventTrace.heard(socket, name, args.json(0));
                handle(client, event, args, reply);
            } else {
                EventTrace.refused(socket, name, services.clock().millis());
            }
        } catch (RuntimeException e) {
            reply.failed(Failure.of(e));
        }
        return false;
    }

    private boolean isWithinBudget(CapsClient client, Optional<CapsEvent> event, Reply reply) {
        var budget = event.map(known -> switch (known) {
                    case JOIN, SUBSCRIBE, UNSUBSCRIBE, GET_ALL -> client.sessionEvents;
                    case PICKUP, IN_TRANSIT, DELIVERED, SCAN -> client.orderWork;
                    case RECEIVED -> client.receipts;
                })
                .orElse(client.orderWork);
        if (budget.take(services.clock().millis())) {
            return true;
        }
        reply.failed(Failure.rateLimited(reply.event(), budget.retryAfterMs()));
        return false;
    }

    private void handle(CapsClient client, Optional<CapsEvent> event, Args args, Reply reply) {
        if (event.isEmpty()) {
            reply.failed(Failure.invalid(
                    "event", "event: " + reply.event() + " (expected: one of " + CapsEvent.NAMES + ")"));
        } else if (args.isBinary()) {
            reply.failed(Failure.invalid("payload", "payload: binary (expected: JSON alone)"));
        } else {
            handle(client, event.get().parse(args.json(0)), reply);
        }
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
            case CapsHeard.Received said -> work.received(client, said, reply);
            case CapsHeard.GetAll said -> session.getAll(client, said, reply);
            case CapsHeard.Malformed malformed -> reply.failed(Failure.of(malformed));
        }
    }
}
