package waybill.server;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import waybill.dispatch.DecisionLog;
import waybill.hub.NodeId;
import waybill.hub.alert.AlertMonitor;
import waybill.hub.alert.StoreAlert;
import waybill.hub.dispatch.Dispatcher;
import waybill.hub.dispatch.DriversOnDuty;
import waybill.hub.eta.CachedTravelTimes;
import waybill.hub.outbound.JobRunner;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.RelayRunner;
import waybill.order.SystemAlert;
import waybill.server.caps.CapsNamespace;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.metrics.DialectCounters;
import waybill.server.metrics.MetricsRegistry;
import waybill.server.metrics.OtherNodes;
import waybill.server.metrics.PositionCounters;
import waybill.server.rest.link.PublicLinks;
import waybill.socketio.Namespace;
import waybill.socketio.SocketServer;
import waybill.tracking.TrackLog;

/// The metrics of a hub, each described in `docs/operations.md`. Most are counted elsewhere, and only read here.
final class HubMetrics {

    private static final Duration[] COMMIT_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500)
    };

    private final MetricsRegistry meters;
    private final Timer commits;
    private final DistributionSummary batches;

    HubMetrics(MetricsRegistry meters, NodeId node) {
        this.meters = meters;
        var version = Objects.toString(HubMetrics.class.getPackage().getImplementationVersion(), "not packaged");
        meters.gauge(
                "waybill.build.info",
                "Always 1; the labels are the versions of the hub and of its JVM",
                Tags.of("version", version, "java", Runtime.version().toString()),
                () -> 1);
        meters.gauge(
                "waybill.node.info",
                "Always 1; the label is the name of the node",
                Tags.of("node", node.name()),
                () -> 1);
        commits = Timer.builder("waybill.journal.commit.duration")
                .description("Time to run a batch and commit it to disk")
                .serviceLevelObjectives(COMMIT_BUCKETS)
                .register(meters.registry());
        batches = DistributionSummary.builder("waybill.journal.batch.size")
                .description("Tasks per commit")
                .register(meters.registry());
    }

    private void gauge(String name, String help, LongSupplier value) {
        meters.gauge(name, help, Tags.empty(), value);
    }

    HubMetrics ofSockets(SocketServer sockets, SocketAuthenticator authenticator, ConnectionErrors errors) {
        gauge("waybill.connections", "Open connections over Socket.IO", sockets::connectionCount);
        meters.counters(
                "waybill.handshakes.rejected",
                "Sockets that a namespace rejected",
                "code",
                Tags.empty(),
                authenticator.rejections());
        meters.counters(
                "waybill.connection.errors",
                "Requests that the Socket.IO engine rejected, and connections that it closed for an error",
                "reason",
                Tags.empty(),
                errors.counts());
        return this;
    }

    HubMetrics ofCaps(CapsNamespace caps) {
        registerSockets(caps.namespace());
        registerCounters(caps.counters());
        return this;
    }

    HubMetrics ofLive(LivePart live, ActiveOrders active) {
        var dialectServer = live.dialectServer();
        dialectServer.namespaces().forEach(this::registerSockets);
        dialectServer.counters().forEach(this::registerCounters);
        gauge(
                "waybill.users",
                "Authenticated users with an open socket",
                dialectServer.clients().userSockets()::users);
        gauge("waybill.orders.active", "Orders whose status is not final", active::count);
        gauge(
                "waybill.orders.unconfirmed",
                "New orders that were sent to a connected store, which has not confirmed them",
                live.confirmations()::unconfirmed);
        var positions = live.positions();
        meters.counter("waybill.positions.received", "Positions that drivers have sent", positions::receivedCount);
        gauge(
                "waybill.drivers.watched",
                "Drivers with an active order or on duty that have reported a position",
                live.signals()::watchedCount);
        gauge("waybill.drivers.lost", "Those of them whose signal is lost", live.signals()::lostCount);
        meters.counter(
                "waybill.positions.throttled",
                "Positions that exceeded the rate of broadcasts, and were delayed or replaced by a newer one",
                positions::throttledCount);
        meters.counter(
                "waybill.positions.broadcast",
                "Positions that were broadcast, once for each order",
                positions::broadcastCount);
        meters.counter(
                "waybill.arrivals.postponed",
                "Arrivals that could not be stored at once, and are stored with the driver's next position",
                positions::postponedArrivalCount);
        return this;
    }

    HubMetrics ofAlerts(AlertMonitor alerts, StoreAlert storeAlert) {
        for (var kind : SystemAlert.Kind.values()) {
            meters.gauge(
                    "waybill.alerts.open",
                    "Open alerts",
                    Tags.of("kind", kind.wireName()),
                    () -> alerts.count(kind) + storeAlert.count(kind));
        }
        return this;
    }

    HubMetrics ofPositions(PositionCounters positions) {
        for (var source : PositionCounters.Source.values()) {
            meters.counters(
                    "waybill.positions.reported",
                    "Positions that drivers have reported, by the way they came and what became of them",
                    "result",
                    Tags.of("source", source.wireName()),
                    positions.of(source));
        }
        return this;
    }

    HubMetrics ofOutbound(List<JobRunner> runners) {
        for (var runner : runners) {
            var channel = Tags.of("channel", runner.channel().wireName());
            var counters = runner.counters();
            meters.gauge(
                    "waybill.outbound.pending", "Outbound jobs that are to be sent", channel, counters::pendingJobs);
            meters.gauge("waybill.outbound.dead", "Dead letters that are stored", channel, counters::deadJobs);
            registerAttempts(channel.and("result", "delivered"), counters::delivered);
            registerAttempts(channel.and("result", "failed"), counters::failed);
            registerAttempts(channel.and("result", "dead"), counters::dead);
            registerAttempts(channel.and("result", "skipped"), counters::skipped);
        }
        return this;
    }

    private void registerAttempts(Tags tags, LongSupplier count) {
        meters.counter("waybill.outbound.attempts", "Attempts to send outbound jobs, by how they ended", tags, count);
    }

    HubMetrics ofDispatch(DriversOnDuty onDuty, Dispatcher dispatcher, DecisionLog decisions) {
        gauge("waybill.drivers.on.duty", "Drivers on duty", onDuty::count);
        gauge("waybill.offers.open", "Offers that a driver can accept", dispatcher::openOffers);
        meters.counter("waybill.dispatch.rounds", "Rounds of dispatch", dispatcher::rounds);
        meters.counter(
                "waybill.dispatch.decisions.dropped", "Decisions of dispatch that were not stored", decisions::dropped);
        return this;
    }

    HubMetrics ofLinks(PublicLinks links) {
        gauge("waybill.link.streams", "Open streams of public links to orders", links::streamCount);
        meters.counters(
                "waybill.link.lookups",
                "Public links that were opened, by what came of it",
                "result",
                Tags.empty(),
                links.lookupCounts());
        return this;
    }

    HubMetrics ofTravelTimes(CachedTravelTimes travelTimes) {
        meters.counter("waybill.routing.requests", "Requests to the provider of travel times", travelTimes::askedCount);
        meters.counter(
                "waybill.routing.failed",
                "Requests to the provider of travel times that failed",
                travelTimes::failedCount);
        meters.counter(
                "waybill.routing.skipped",
                "Requests that were not sent to the provider of travel times, because it was down or had too many",
                travelTimes::skippedCount);
        return this;
    }

    HubMetrics ofTracks(TrackLog tracks) {
        for (var sink : tracks.statsBySink().keySet()) {
            Supplier<TrackLog.TrackLogStats> stats = () -> tracks.statsBySink().get(sink);
            var label = Tags.of("sink", sink);
            meters.counter(
                    "waybill.track.points.stored",
                    "Points of tracks that were stored",
                    label,
                    () -> stats.get().persisted());
            meters.counter(
                    "waybill.track.points.dropped",
                    "Points of tracks that were dropped because the queue was full",
                    label,
                    () -> stats.get().dropped());
            meters.counter(
                    "waybill.track.points.thinned",
                    "Points of tracks that were left out because many waited",
                    label,
                    () -> stats.get().thinned());
            meters.gauge(
                    "waybill.track.points.waiting",
                    "Points of tracks that wait to be written",
                    label,
                    () -> stats.get().queueLength());
            meters.gauge(
                    "waybill.track.writable",
                    "1 while tracks can be written, otherwise 0",
                    label,
                    () -> stats.get().isWritable() ? 1 : 0);
        }
        return this;
    }

    HubMetrics ofOtherNodes(Supplier<Optional<OtherNodes>> otherNodes, LongSupplier leasesHeld) {
        gauge("waybill.leases.held", "Tasks that this node runs for all nodes", leasesHeld);
        gauge(
                "waybill.redis.connected",
                "1 while Redis is reached, 0 while it is not and without --redis",
                () -> otherNodes.get().map(OtherNodes::connected).orElse(false) ? 1 : 0);
        meters.counter(
                "waybill.redis.dropped",
                "Messages to other nodes that were dropped because Redis was not reached or too slow",
                () -> otherNodes.get().map(OtherNodes::dropped).orElse(0L));
        gauge(
                "waybill.nodes.known",
                "Other nodes of the hub that this one knows over Redis",
                () -> otherNodes.get().map(OtherNodes::known).orElse(0));
        return this;
    }

    private void registerSockets(Namespace namespace) {
        meters.gauge(
                "waybill.sockets",
                "Sockets of a namespace, connected or connecting",
                Tags.of("namespace", namespace.name()),
                namespace::socketCount);
    }

    private void registerCounters(DialectCounters counters) {
        var dialect = Tags.of("dialect", counters.dialect());
        meters.counters(
                "waybill.events.received", "Events that clients have emitted", "event", dialect, counters.received());
        meters.counters(
                "waybill.events.sent",
                "Events that were sent to clients, counted once per broadcast",
                "event",
                dialect,
                counters.sent());
        meters.counters(
                "waybill.events.rejected",
                "Events of clients that were rejected",
                "code",
                dialect,
                counters.rejected());
    }

    HubMetrics ofJournal(LongSupplier waiting, BooleanSupplier writable, RelayRunner relayRunner) {
        gauge("waybill.journal.waiting", "Tasks that wait to be written", waiting);
        gauge(
                "waybill.journal.writable",
                "1 while the store can be written, otherwise 0",
                () -> writable.getAsBoolean() ? 1 : 0);
        gauge("waybill.relay.lag.events", "Committed events that the relay has not published yet", relayRunner::lag);
        return this;
    }

    HubMetrics ofDisk(LongSupplier waitingBytes, BooleanSupplier checkpointed) {
        gauge("waybill.journal.waiting.bytes", "Memory of the tasks that wait to be written", waitingBytes);
        gauge(
                "waybill.journal.checkpointed",
                "1 while the write-ahead log can be copied to waybill.db, otherwise 0",
                () -> checkpointed.getAsBoolean() ? 1 : 0);
        return this;
    }

    /// Starts to time the commit of a batch. The caller runs the result when the commit is done.
    Runnable startCommit(int tasks) {
        var sample = Timer.start(meters.registry());
        return () -> {
            sample.stop(commits);
            batches.record(tasks);
        };
    }
}
