package waybill.server.realtime;

import java.util.List;
import waybill.access.Principal;
import waybill.server.dialect.Heard;
import waybill.socketio.Ack;
import waybill.socketio.Args;

/// Hears what is said in the halls, has the dialect of the socket make sense of it, and has it done.
final class Conversation {

    private static final long HELD_RETRY_MS = 1_000;

    private final LiveServices services;
    private final LiveSession session;
    private final Watching watching;
    private final Missed missed;
    private final LiveWork work;
    private final PositionReports reports;

    Conversation(
            LiveServices services,
            LiveSession session,
            Watching watching,
            Missed missed,
            LiveWork work,
            PositionReports reports) {
        this.services = services;
        this.session = session;
        this.watching = watching;
        this.missed = missed;
        this.work = work;
        this.reports = reports;
    }

    void hear(Client client, String event, Args args, Ack ack) {
        var reply = new Reply(client.socket, EventTrace.name(event), ack, client.audience.tally());
        try {
            var heard = args.isBinary()
                    ? new Heard.Malformed("payload", "payload: binary (expected: JSON alone)")
                    : client.dialect.hear(event, args.json(0));
            client.audience.tally().heard().add(name(heard, event));
            if (!isWithinBudget(client, heard, reply)) {
                EventTrace.refused(client.socket, event, services.clock().millis());
                return;
            }
            if (!(heard instanceof Heard.Positions || heard instanceof Heard.PositionList)) {
                EventTrace.heard(client.socket, event, args.json(0));
            }
            handle(client, heard, reply);
        } catch (RuntimeException e) {
            reply.failed(Failure.of(e));
        }
    }

    /// Under which it is counted: that of the event, if the dialect knows it.
    private static String name(Heard heard, String event) {
        return switch (heard) {
            case Heard.Unknown _ -> Tally.UNKNOWN;
            case Heard.Malformed _ -> Tally.MALFORMED;
            case Heard.Register _, Heard.Ping _, Heard.BySomebody _ -> event;
        };
    }

    /// Positions are never too many: what is too much of them is told a little later.
    private boolean isWithinBudget(Client client, Heard heard, Reply reply) {
        var nowMs = services.clock().millis();
        var budget = switch (heard) {
            case Heard.Positions _, Heard.PositionList _ -> null;
            case Heard.Register _, Heard.WatchOrder _, Heard.UnwatchOrder _, Heard.WatchDriver _, Heard.Sync _ ->
                client.sessionEvents(nowMs);
            case Heard.Place _,
                    Heard.Accept _,
                    Heard.Decline _,
                    Heard.Claim _,
                    Heard.Pass _,
                    Heard.Ping _,
                    Heard.Unknown _,
                    Heard.Malformed _ -> client.orderWork(nowMs);
        };
        if (budget == null || budget.take(nowMs)) {
            return true;
        }
        reply.failed(Failure.rateLimited(reply.event(), budget.retryAfterMs()));
        return false;
    }

    private void handle(Client client, Heard heard, Reply reply) {
        switch (heard) {
            case Heard.Register register -> session.register(client, register, reply);
            case Heard.Ping _ -> reply.ok();
            case Heard.Unknown(var event) ->
                reply.failed(new Failure(
                        "invalid",
                        "event: " + EventTrace.name(event) + " (expected: one of the " + client.dialect.name()
                                + " dialect)",
                        "event",
                        0));
            case Heard.Malformed malformed -> reply.failed(Failure.of(malformed));
            case Heard.BySomebody said ->
                client.principal()
                        .ifPresentOrElse(
                                principal -> handle(client, principal, said, reply),
                                () -> reply.failed(Failure.unauthenticated()));
        }
    }

    private void handle(Client client, Principal principal, Heard.BySomebody said, Reply reply) {
        switch (said) {
            case Heard.Positions(var positions) ->
                reported(client, () -> reports.hear(client, principal, positions, false, List.of(), reply));
            case Heard.PositionList(var positions, var rejected) ->
                reported(client, () -> reports.hear(client, principal, positions, true, rejected, reply));
            case Heard.WatchOrder(var order) ->
                whenLive(client, reply, () -> watching.watch(client, principal, order, reply));
            case Heard.UnwatchOrder(var order) -> whenLive(client, reply, () -> watching.unwatch(client, order, reply));
            case Heard.WatchDriver(var driver) ->
                whenLive(client, reply, () -> watching.watchDriver(client, principal, driver, reply));
            case Heard.Place(var form) -> work.place(principal, client.dialect, form, reply);
            case Heard.Accept(var order) -> work.accept(principal, order, reply);
            case Heard.Decline(var order, var reason) -> work.decline(principal, order, reason, reply);
            case Heard.Claim(var order) -> work.claim(principal, order, reply);
            case Heard.Pass(var order, var _) -> work.pass(principal, order, reply);
            case Heard.Sync(var since) -> whenLive(client, reply, () -> missed.sync(client, principal, since, reply));
        }
    }

    /// What brings new events waits until the client has been sent the old ones.
    private static void whenLive(Client client, Reply reply, Runnable action) {
        if (!client.whenLive(action)) {
            reply.failed(Failure.rateLimited(reply.event(), HELD_RETRY_MS));
        }
    }

    /// Positions are never too many to wait.
    private static void reported(Client client, Runnable report) {
        if (!client.whenLive(report)) {
            report.run();
        }
    }
}
