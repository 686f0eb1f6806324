package waybill.server.playback;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.hub.playback.PlaybackRange;
import waybill.hub.playback.PlaybackRanges;
import waybill.hub.playback.PlaybackReader;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.journal.EventLog;
import waybill.limit.RateLimit;
import waybill.limit.TokenBucket;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.metrics.DialectCounters;
import waybill.server.playback.PlaybackRequest.InvalidField;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.server.socket.SocketLog;
import waybill.server.socket.SocketUser;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.tracking.TrackLog;

/// The namespace `/replay`: administrators replay one order, or a time of all, and no other role is admitted.
public final class PlaybackNamespace {

    /// The event that the authenticator handles.
    private static final String REFRESH = "auth:refresh";
    private static final String PREFIX = "replay:"; // of the events that a viewer emits

    private static final String EVENTS =
            "replay:range, replay:start, replay:pause, replay:play, replay:speed, replay:seek or replay:stop";

    /// Each request may read from the disk.
    private static final RateLimit REQUESTS = RateLimit.perSecond(20);

    private static final double SPEED = 1;

    private final EventLog log;
    private final TrackLog tracks;
    private final PlaybackRanges ranges;
    private final Map<String, PlaybackRenderer> renderers;
    private final Executor executor;
    private final PlaybackSettings settings;
    private final LongSupplier elapsedMs;
    private final Playbacks playbacks = new Playbacks();
    private final DialectCounters counters = new DialectCounters("replay");

    /// An admitted socket. Its requests come on its loop.
    private record Viewer(Principal user, TokenBucket requests) implements SocketUser {

        @Override
        public Optional<Principal> principal() {
            return Optional.of(user);
        }
    }

    /// @param executor reads from the disk; not that of live clients
    /// @param elapsedMs milliseconds since some moment
    public PlaybackNamespace(
            EventLog log, TrackLog tracks, PlaybackSettings settings, Executor executor, LongSupplier elapsedMs) {
        this.log = log;
        this.tracks = tracks;
        this.settings = settings;
        this.executor = executor;
        this.elapsedMs = elapsedMs;
        ranges = new PlaybackRanges(log, settings.trackRetention(), settings.orderRetention(), settings.clock());
        renderers = PlaybackRenderer.all(settings.names());
    }

    /// Registers the handlers of the namespace.
    public void open(Namespace namespace, SocketAuthenticator authenticator, AdmissionLimits admission) {
        namespace.use((socket, next) -> {
            socket.discardRecovery(); // a playback is started again
            admission
                    .ofStranger(socket.handshake())
                    .ifPresentOrElse(rejection -> authenticator.reject(socket, rejection, next), next::proceed);
        });
        authenticator.protect(
                namespace,
                SocketAuthenticator::noAnonymous,
                (socket, principal) -> denialReason(principal).or(() -> admission.of(socket.handshake(), principal)),
                (socket, principal) -> socket.data(new Viewer(principal.orElseThrow(), new TokenBucket(REQUESTS))));
        SocketLog.attach(namespace);
        namespace.filter(this::onMessage);
        namespace.onDisconnect((socket, _) -> playbacks.remove(socket.id()));
    }

    private static Optional<Refusal> denialReason(Optional<Principal> principal) {
        return principal
                        .filter(user -> AccessTable.allows(user.role(), Action.REPLAY_EVENTS, Relation.NONE))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("role: "
                        + principal.map(user -> user.role().wireName()).orElse("none")
                        + " (expected: admin on /replay)"));
    }

    /// Emits what is due to all viewers. Runs often, and never blocks.
    public void runDue() {
        var nowMs = elapsedMs.getAsLong();
        playbacks.all().forEach(playback -> playback.runDue(nowMs));
    }

    private boolean onMessage(Socket socket, String event, Args args, Ack ack) {
        if (event.equals(REFRESH) || !(socket.data() instanceof Viewer viewer)) {
            return true;
        }
        var reply = new EventResponder(socket, EventTrace.name(event), ack, counters);
        counters.received().add(event.startsWith(PREFIX) ? event : DialectCounters.UNKNOWN);
        if (!viewer.requests.take(elapsedMs.getAsLong())) {
            reply.failed(Refusal.tooMany(reply.event(), viewer.requests.retryAfterMs()));
            return false;
        }
        if (event.startsWith(PREFIX)) {
            EventTrace.received(socket, event, args.json(0));
        } else {
            EventTrace.unknown(socket, event, args.json(0));
        }
        try {
            handle(socket, viewer.user, event, request(args), reply);
        } catch (InvalidField e) {
            reply.failed(e.refusal());
        } catch (RuntimeException e) {
            reply.failed(e);
        }
        return false;
    }

    private static PlaybackRequest request(Args args) throws InvalidField {
        if (args.size() > 0 && args.value(0) != null && args.map(0) == null) {
            throw new InvalidField("payload", "no object", "a JSON object");
        }
        var fields = args.map(0);
        return new PlaybackRequest(fields == null ? Map.of() : fields);
    }

    private void handle(Socket socket, Principal user, String event, PlaybackRequest request, EventResponder reply)
            throws InvalidField {
        var nowMs = elapsedMs.getAsLong();
        switch (event) {
            case "replay:range" -> readRange(reply);
            case "replay:start" -> start(socket, user, request, reply);
            case "replay:stop" -> {
                playbacks.remove(socket.id());
                reply.ok();
            }
            case "replay:pause" -> control(socket, reply, playback -> playback.pause(nowMs));
            case "replay:play" -> {
                var speed = request.speed();
                control(socket, reply, playback -> playback.play(speed, nowMs));
            }
            case "replay:speed" -> {
                var speed = request.speed();
                if (Double.isNaN(speed)) {
                    throw new InvalidField("speed", "missing", "a number");
                }
                control(socket, reply, playback -> playback.speed(speed, nowMs));
            }
            case "replay:seek" -> {
                var at = request.time("at").toEpochMilli();
                control(socket, reply, playback -> playback.seek(at, nowMs));
            }
            default ->
                reply.failed(Refusal.invalid("event", "event: " + reply.event() + " (expected: " + EVENTS + ")"));
        }
    }

    private interface Control {
        void apply(Playback playback);
    }

    private void control(Socket socket, EventResponder reply, Control control) {
        var playback = playbacks.of(socket.id());
        if (playback.isEmpty()) {
            reply.failed(Refusal.notFound("replay: none (expected: replay:start before)"));
            return;
        }
        control.apply(playback.get());
        reply.ackJson(playback.get()
                .describe(new JsonObjectWriter().put("ok", true), elapsedMs.getAsLong())
                .json());
    }

    /// From when to when there is something to replay.
    private void readRange(EventResponder reply) {
        BlockingReads.supply(executor, ranges::earliest).whenComplete((earliest, thrown) -> {
            if (thrown != null) {
                reply.failed(thrown);
                return;
            }
            reply.ackJson(new JsonObjectWriter()
                    .put("ok", true)
                    .put("eventsFrom", earliest.events().equals(Instant.EPOCH) ? null : earliest.events())
                    .put("positionsFrom", earliest.positions())
                    .put("now", settings.clock().instant())
                    .put("rangeMaxDays", PlaybackRanges.RANGE_MAX.toDays())
                    .json());
        });
    }

    private void start(Socket socket, Principal user, PlaybackRequest request, EventResponder reply)
            throws InvalidField {
        var order = request.order();
        var hasPositions = request.flag("positions", true);
        var at = request.optionalTime("at");
        var speed = request.speed();
        var isPaused = request.flag("paused", false);
        var renderer = request.choice("dialect", renderers, "realtime");
        var from = order.isPresent() ? Instant.EPOCH : request.time("from");
        var to = order.isPresent() ? Instant.EPOCH : request.optionalTime("to").orElse(from.plus(Duration.ofDays(1)));
        BlockingReads.supply(
                        executor,
                        () -> order.map(id -> ranges.ofOrder(id, hasPositions))
                                .orElseGet(() -> ranges.ofTimes(from, to, hasPositions)))
                .whenComplete((result, thrown) -> socket.loop().execute(() -> {
                    switch (result) {
                        case null -> reply.failed(thrown);
                        case PlaybackRanges.Result.Rejected(var refusal) -> reply.failed(refusal);
                        case PlaybackRanges.Result.Found(var range) ->
                            start(
                                    socket,
                                    user,
                                    playback(socket, range, renderer),
                                    new Start(
                                            at.map(Instant::toEpochMilli).orElse(range.fromMs()),
                                            Double.isNaN(speed) ? SPEED : speed,
                                            !isPaused),
                                    reply);
                    }
                }));
    }

    /// How a playback starts.
    private record Start(long atMs, double speed, boolean plays) {}

    private Playback playback(Socket socket, PlaybackRange range, PlaybackRenderer renderer) {
        return new Playback(
                PlaybackViewer.of(socket),
                executor,
                range,
                renderer,
                startMs -> PlaybackReader.open(log, tracks, range, startMs, settings.isHiddenUntilNext()));
    }

    private void start(Socket socket, Principal user, Playback playback, Start start, EventResponder reply) {
        if (!socket.connected()) {
            return;
        }
        var nowMs = elapsedMs.getAsLong();
        var problem = playbacks.add(socket.id(), user.user(), playback);
        if (problem.isPresent()) {
            reply.failed(Refusal.rateLimited(problem.get(), Duration.ZERO));
            return;
        }
        playback.start(start.atMs, start.speed, start.plays, nowMs);
        reply.ackJson(
                playback.describe(new JsonObjectWriter().put("ok", true), nowMs).json());
    }
}
