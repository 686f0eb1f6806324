package waybill.server;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.RelayRunner;
import waybill.server.caps.CapsNamespace;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.live.DialectServer;
import waybill.server.metrics.DialectCounters;
import waybill.server.metrics.MetricsRegistry;
import waybill.socketio.Namespace;
import waybill.socketio.SocketServer;
import waybill.tracking.TrackLog;

/// What is measured of a hub, each told in `docs/operations.md`. Most of it is counted where it happens, and only
/// read here.
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

    HubMetrics(MetricsRegistry meters) {
        this.meters = meters;
        var version = Objects.toString(HubMetrics.class.getPackage().getImplementationVersion(), "not packaged");
        meters.gauge(
                "waybill.build.info",
                "Always 1; the labels tell the versions of the hub and of its JVM",
                Tags.of("version", version, "java", Runtime.version().toString()),
                () -> 1);
        commits = Timer.builder("waybill.journal.commit.duration")
                .description("How long it took to run a batch and to have it on disk")
                .serviceLevelObjectives(COMMIT_BUCKETS)
                .register(meters.registry());
        batches = DistributionSummary.builder("waybill.journal.batch.size")
                .description("How many works were committed together")
                .register(meters.registry());
    }

    private void gauge(String name, String help, LongSupplier value) {
        meters.gauge(name, help, Tags.empty(), value);
    }

    HubMetrics ofSockets(SocketServer sockets, SocketAuthenticator authenticator, ConnectionErrors errors) {
        gauge("waybill.connections", "Connections over Socket.IO that are open", sockets::connectionCount);
        meters.counters(
                "waybill.handshakes.refused",
                "Sockets that were not let into a namespace",
                "code",
                Tags.empty(),
                authenticator.rejections());
        meters.counters(
                "waybill.connection.errors",
                "Requests that the Socket.IO engine refused, and connections that it closed for what their clients did",
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

    HubMetrics ofLive(DialectServer dialectServer, ActiveOrders active) {
        dialectServer.namespaces().forEach(this::registerSockets);
        dialectServer.counters().forEach(this::registerCounters);
        gauge("waybill.users", "Users who are connected and have shown who they are", dialectServer.clients()::users);
        gauge("waybill.orders.active", "Orders to which something is still to happen", active::count);
        gauge(
                "waybill.orders.unconfirmed",
                "New orders that a connected store was told of and has not confirmed",
                dialectServer::unconfirmedOrders);
        var positions = dialectServer.positions();
        meters.counter("waybill.positions.heard", "Positions that drivers have sent", positions::receivedCount);
        meters.counter(
                "waybill.positions.held.back",
                "Positions that came sooner than they may be told, and waited or made room for a newer one",
                positions::throttledCount);
        meters.counter(
                "waybill.positions.told", "Positions that were told, once for each order", positions::broadcastCount);
        return this;
    }

    HubMetrics ofTracks(TrackLog tracks) {
        meters.counter(
                "waybill.track.points.kept",
                "Points of drivers' ways that are in the history",
                () -> tracks.stats().persisted());
        meters.counter(
                "waybill.track.points.lost",
                "Points that are not, because too many waited",
                () -> tracks.stats().dropped());
        gauge(
                "waybill.track.points.waiting",
                "Points that are to be written",
                () -> tracks.stats().queueLength());
        gauge(
                "waybill.track.writable",
                "1 while the disk takes the history of drivers' ways, otherwise 0",
                () -> tracks.stats().isWritable() ? 1 : 0);
        return this;
    }

    private void registerSockets(Namespace namespace) {
        meters.gauge(
                "waybill.sockets",
                "Sockets that are connected to a namespace, or are about to be",
                Tags.of("namespace", namespace.name()),
                namespace::socketCount);
    }

    private void registerCounters(DialectCounters counters) {
        var dialect = Tags.of("dialect", counters.dialect());
        meters.counters("waybill.events.heard", "Events that clients have said", "event", dialect, counters.received());
        meters.counters(
                "waybill.events.said",
                "Events that clients were told, once to however many",
                "event",
                dialect,
                counters.sent());
        meters.counters(
                "waybill.events.refused", "Events of clients that were not done", "code", dialect, counters.rejected());
    }

    HubMetrics ofJournal(LongSupplier waiting, BooleanSupplier writable, RelayRunner relayRunner) {
        gauge("waybill.journal.waiting", "Works that wait to be written", waiting);
        gauge(
                "waybill.journal.writable",
                "1 while the disk takes what is written, otherwise 0",
                () -> writable.getAsBoolean() ? 1 : 0);
        gauge("waybill.relay.lag.events", "Events on disk that the relay has yet to tell", relayRunner::lag);
        return this;
    }

    HubMetrics ofDisk(LongSupplier waitingBytes, BooleanSupplier checkpointed) {
        gauge("waybill.journal.waiting.bytes", "What the works that wait to be written hold in memory", waitingBytes);
        gauge(
                "waybill.journal.checkpointed",
                "1 while waybill.db takes what is in the write-ahead log, otherwise 0",
                () -> checkpointed.getAsBoolean() ? 1 : 0);
        return this;
    }

    /// A batch of so many works begins to be committed; what comes back is run when it is.
    Runnable startCommit(int works) {
        var sample = Timer.start(meters.registry());
        return () -> {
            sample.stop(commits);
            batches.record(works);
        };
    }
}
