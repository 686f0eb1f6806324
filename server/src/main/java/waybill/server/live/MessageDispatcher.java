package waybill.server.live;

import java.time.InstantSource;
import java.util.List;
import waybill.access.Principal;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.server.dialect.ClientMessage;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.RejectedEvents;
import waybill.socketio.Ack;
import waybill.socketio.Args;

/// Dispatches what clients emit: the dialect of the socket parses it, and a handler runs it.
public final class MessageDispatcher {

    private static final long WAITING_RETRY_MS = 1_000;

    private final InstantSource clock;
    private final SessionLifecycle sessions;
    private final Subscriptions subscriptions;
    private final SyncHandler syncHandler;
    private final OrderCommands orderCommands;
    private final PositionReportHandler reportHandler;
    private final DriverStatusHandler statusHandler;
    private final RejectedEvents rejectedEvents;

    public MessageDispatcher(
            InstantSource clock,
            SessionLifecycle sessions,
            Subscriptions subscriptions,
            SyncHandler syncHandler,
            OrderCommands orderCommands,
            PositionReportHandler reportHandler,
            DriverStatusHandler statusHandler,
            RejectedEvents rejectedEvents) {
        this.clock = clock;
        this.sessions = sessions;
        this.subscriptions = subscriptions;
        this.syncHandler = syncHandler;
        this.orderCommands = orderCommands;
        this.reportHandler = reportHandler;
        this.rejectedEvents = rejectedEvents;
        this.statusHandler = statusHandler;
    }

    void dispatch(ClientSession client, String event, Args args, Ack ack) {
        var reply = new EventResponder(client.socket, event, ack, client.channel.counters());
        try {
            var message = args.isBinary()
                    ? new ClientMessage.Malformed("payload", "payload: binary (expected: JSON alone)")
                    : client.dialect.parse(event, args.json(0));
            client.channel.counters().received().add(counterName(message, event));
            if (!isWithinBudget(client, message, reply)) {
                return;
            }
            trace(client, event, args, message);
            handle(client, message, reply);
        } catch (RuntimeException e) {
            reply.failed(e);
        }
    }

    private static void trace(ClientSession client, String event, Args args, ClientMessage message) {
        if (message instanceof ClientMessage.Unknown) {
            EventTrace.unknown(client.socket, event, args.json(0));
        } else if (!(message instanceof ClientMessage.Positions || message instanceof ClientMessage.PositionList)) {
            EventTrace.received(client.socket, event, args.json(0));
        }
    }

    /// The name under which an event is counted: its own, if the dialect has it.
    private static String counterName(ClientMessage message, String event) {
        return switch (message) {
            case ClientMessage.Unknown _ -> DialectCounters.UNKNOWN;
            case ClientMessage.Malformed _ -> DialectCounters.MALFORMED;
            case ClientMessage.Register _, ClientMessage.Ping _, ClientMessage.Authenticated _ -> event;
        };
    }

    /// Positions are not rate-limited here: those that exceed the rate are published later.
    private boolean isWithinBudget(ClientSession client, ClientMessage message, EventResponder reply) {
        var nowMs = clock.millis();
        var budget = switch (message) {
            case ClientMessage.Positions _, ClientMessage.PositionList _ -> null;
            case ClientMessage.Register _,
                    ClientMessage.WatchOrder _,
                    ClientMessage.UnwatchOrder _,
                    ClientMessage.WatchDriver _,
                    ClientMessage.Sync _ -> client.sessionEvents();
            case ClientMessage.WatchFleet _, // as often as a map is moved
                    ClientMessage.UnwatchFleet _,
                    ClientMessage.Place _,
                    ClientMessage.SetDriverStatus _,
                    ClientMessage.Accept _,
                    ClientMessage.Decline _,
                    ClientMessage.HandBack _,
                    ClientMessage.AcceptOffer _,
                    ClientMessage.DeclineOffer _,
                    ClientMessage.Ping _,
                    ClientMessage.Unknown _,
                    ClientMessage.Malformed _ -> client.orderCommands();
        };
        if (budget == null || budget.take(nowMs)) {
            return true;
        }
        rejectedEvents.reject(reply, client.verifiedPrincipal(), budget.retryAfterMs(), nowMs);
        return false;
    }

    private void handle(ClientSession client, ClientMessage message, EventResponder reply) {
        switch (message) {
            case ClientMessage.Register register -> sessions.register(client, register, reply);
            case ClientMessage.Ping _ -> reply.ok();
            case ClientMessage.Unknown(var event) ->
                reply.failed(Refusal.invalid(
                        "event",
                        "event: " + EventTrace.name(event) + " (expected: one of the " + client.dialect.name()
                                + " dialect)"));
            case ClientMessage.Malformed malformed ->
                reply.failed(Refusal.invalid(malformed.field(), malformed.message()));
            case ClientMessage.Authenticated request ->
                client.principal()
                        .ifPresentOrElse(
                                principal -> handle(client, principal, request, reply),
                                () -> reply.failed(Refusal.of(
                                        ErrorCode.UNAUTHENTICATED, "user: unknown (expected: register, or a token)")));
        }
    }

    private void handle(
            ClientSession client, Principal principal, ClientMessage.Authenticated request, EventResponder reply) {
        switch (request) {
            case ClientMessage.Positions(var positions) ->
                whenLiveOrNow(
                        client, () -> reportHandler.handle(client, principal, positions, false, List.of(), reply));
            case ClientMessage.PositionList(var positions, var rejected) ->
                whenLiveOrNow(client, () -> reportHandler.handle(client, principal, positions, true, rejected, reply));
            case ClientMessage.WatchOrder(var order) ->
                whenLive(client, reply, () -> subscriptions.orders().watch(client, principal, order, reply));
            case ClientMessage.UnwatchOrder(var order) ->
                whenLive(client, reply, () -> subscriptions.orders().unwatch(client, order, reply));
            case ClientMessage.WatchDriver(var driver) ->
                whenLive(client, reply, () -> subscriptions.orders().watchDriver(client, principal, driver, reply));
            case ClientMessage.WatchFleet(var view) ->
                whenLive(client, reply, () -> subscriptions.fleet().watch(client, principal, view, reply));
            case ClientMessage.UnwatchFleet _ -> subscriptions.fleet().unwatch(client, reply);
            case ClientMessage.Place(var form) -> orderCommands.place(principal, client.dialect, form, reply);
            case ClientMessage.SetDriverStatus(var form) ->
                statusHandler.handle(principal, client.dialect, form, reply);
            case ClientMessage.Accept(var order) -> orderCommands.accept(principal, order, reply);
            case ClientMessage.Decline(var order, var reason) -> orderCommands.decline(principal, order, reason, reply);
            case ClientMessage.HandBack(var order, var reason) ->
                orderCommands.handBack(principal, order, reason, reply);
            case ClientMessage.AcceptOffer(var order) -> orderCommands.acceptOffer(principal, order, reply);
            case ClientMessage.DeclineOffer(var order, var reason) ->
                orderCommands.declineOffer(principal, order, reason, reply);
            case ClientMessage.Sync(var since) ->
                whenLive(client, reply, () -> syncHandler.sync(client, principal, since, reply));
        }
    }

    /// Requests that cause new events wait until the client has been sent the missed ones.
    private static void whenLive(ClientSession client, EventResponder reply, Runnable action) {
        if (!client.whenLive(action)) {
            reply.failed(Refusal.tooMany(reply.eventName(), WAITING_RETRY_MS));
        }
    }

    /// Positions wait without a limit on their number.
    private static void whenLiveOrNow(ClientSession client, Runnable report) {
        if (!client.whenLive(report)) {
            report.run();
        }
    }
}
