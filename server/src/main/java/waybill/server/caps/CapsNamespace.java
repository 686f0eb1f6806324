package waybill.server.caps;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import waybill.hub.refusal.Refusal;
import waybill.hub.relay.Relay;
import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.order.OrderCommand;
import waybill.server.dialect.caps.CapsEvent;
import waybill.server.dialect.caps.CapsMessage;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.RejectedEvents;
import waybill.server.socket.SocketLog;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// Handles what clients emit on `/caps`: the dialect parses it, and a handler runs it.
public final class CapsNamespace {

    /// The event that the authenticator handles.
    private static final String REFRESH = "auth:refresh";

    private static final Set<CapsEvent> SESSION_EVENTS =
            EnumSet.of(CapsEvent.JOIN, CapsEvent.SUBSCRIBE, CapsEvent.UNSUBSCRIBE, CapsEvent.GET_ALL);

    private final Namespace namespace;
    private final ConnectedProfiles profiles;
    private final DialectCounters counters;
    private final CapsSubscriptions subscriptions;
    private final CapsOrderCommands orderCommands;
    private final InstantSource clock;
    private final RejectedEvents rejectedEvents;
    private final RateLimiter<String> confirmations;

    /// Registers the handlers of the namespace.
    public CapsNamespace(
            Namespace namespace,
            SocketAuthenticator authenticator,
            CapsAdmission admission,
            CapsSubscriptions subscriptions,
            CapsOrderCommands orderCommands,
            CapsLimits limits,
            RejectedEvents rejectedEvents,
            InstantSource clock) {
        this.namespace = namespace;
        this.profiles = admission.profiles();
        this.counters = admission.counters();
        this.subscriptions = subscriptions;
        this.orderCommands = orderCommands;
        this.rejectedEvents = rejectedEvents;
        this.clock = clock;
        confirmations = new InMemoryRateLimiter<>(
                RateLimit.perSecond(limits.confirmationsPerSecond()), RejectedEvents.USERS_MAX);
        namespace.use((socket, next) -> admission
                .beforeAuth(socket)
                .ifPresentOrElse(rejection -> authenticator.reject(socket, rejection, next), next::proceed));
        namespace.use((socket, next) -> {
            if (socket.data() instanceof CapsClientSession) {
                socket.discardRecovery(); // what it missed is in queues, for join and getAll
            }
            next.proceed();
        });
        authenticator.protect(namespace, admission::allowsAnonymous, admission::afterAuth, admission::onAuthenticated);
        namespace.onDisconnect(admission::onDisconnect);
        SocketLog.attach(namespace);
        namespace.filter(this::onMessage);
    }

    /// The broadcaster of events to the namespace.
    public Relay.EventListener eventListener() {
        return new CapsEventBroadcaster(namespace, profiles, orderCommands.originSockets(), counters);
    }

    public Namespace namespace() {
        return namespace;
    }

    /// The counters of the dialect.
    public DialectCounters counters() {
        return counters;
    }

    /// All events of a client are handled here, so that unknown ones are answered too.
    private boolean onMessage(Socket socket, String name, Args args, Ack ack) {
        if (name.equals(REFRESH) || !(socket.data() instanceof CapsClientSession client)) {
            return true;
        }
        var event = CapsEvent.of(name);
        var reply = new EventResponder(socket, name, ack, counters);
        counters.received().add(event.map(CapsEvent::wireName).orElse(DialectCounters.UNKNOWN));
        try {
            var nowMs = clock.millis();
            var retryAfterMs = retryAfterMs(client, event, nowMs);
            if (retryAfterMs > 0) {
                rejectedEvents.reject(reply, client.principal, retryAfterMs, nowMs);
            } else {
                if (event.isPresent()) {
                    EventTrace.received(socket, name, args.json(0));
                } else {
                    EventTrace.unknown(socket, name, args.json(0));
                }
                handle(client, event, args, reply);
            }
        } catch (RuntimeException e) {
            reply.failed(e);
        }
        return false;
    }

    /// When it is worth trying again; 0 when it may be now.
    private long retryAfterMs(CapsClientSession client, Optional<CapsEvent> event, long nowMs) {
        if (event.isPresent() && event.get() == CapsEvent.RECEIVED) {
            return confirmations.acquire(client.user(), nowMs);
        }
        var isSessionEvent = event.filter(SESSION_EVENTS::contains).isPresent();
        var budget = isSessionEvent ? client.budgets.sessionEvents() : client.budgets.orderCommands();
        return budget.take(nowMs) ? 0 : budget.retryAfterMs();
    }

    private void handle(CapsClientSession client, Optional<CapsEvent> event, Args args, EventResponder reply) {
        if (event.isEmpty()) {
            reply.failed(Refusal.invalid(
                    "event", "event: " + reply.eventName() + " (expected: one of " + CapsEvent.NAMES + ")"));
        } else if (args.isBinary()) {
            reply.failed(Refusal.invalid("payload", "payload: binary (expected: JSON alone)"));
        } else {
            handle(client, event.get().parse(args.json(0)), reply);
        }
    }

    private void handle(CapsClientSession client, CapsMessage message, EventResponder reply) {
        var objection = client.principal.flatMap(principal -> CapsAuthorization.denialReason(principal, message));
        if (objection.isPresent()) {
            reply.failed(Refusal.forbidden(objection.get()));
            return;
        }
        switch (message) {
            case CapsMessage.Join(var store) -> subscriptions.join(client, store, reply);
            case CapsMessage.Subscribe subscribe -> subscriptions.subscribe(client, subscribe, reply);
            case CapsMessage.Unsubscribe unsubscribe -> subscriptions.unsubscribe(client, unsubscribe, reply);
            case CapsMessage.Pickup pickup -> orderCommands.pickup(client, pickup, reply);
            case CapsMessage.InTransit request ->
                orderCommands.execute(
                        client,
                        request.store(),
                        request.name(),
                        new OrderCommand.CollectParcel(client.actor, request.order()),
                        request.occurredAt(),
                        reply);
            case CapsMessage.Delivered request ->
                orderCommands.execute(
                        client,
                        request.store(),
                        request.name(),
                        new OrderCommand.DeliverParcel(client.actor, request.order()),
                        request.occurredAt(),
                        reply);
            case CapsMessage.Scan request ->
                orderCommands.execute(
                        client, request.store(), request.code(), scan(client, request), request.occurredAt(), reply);
            case CapsMessage.Received request -> orderCommands.confirmReceived(client, request, reply);
            case CapsMessage.GetAll request -> subscriptions.getAll(client, request, reply);
            case CapsMessage.Malformed malformed ->
                reply.failed(Refusal.invalid(malformed.field(), malformed.message()));
        }
    }

    private OrderCommand scan(CapsClientSession client, CapsMessage.Scan request) {
        var now = clock.instant();
        var scannedAt = request.occurredAt() == null ? now : request.occurredAt();
        return new OrderCommand.ScanParcel(client.actor, request.code(), scannedAt, now);
    }
}
