package waybill.server;

import java.util.List;
import waybill.hub.PendingConfirmations;
import waybill.hub.arrival.ArrivalTracker;
import waybill.hub.position.PositionPipeline;
import waybill.hub.position.PositionPublisher;
import waybill.hub.position.PositionReports;
import waybill.hub.position.PositionSinks;
import waybill.hub.position.Precision;
import waybill.hub.position.RateHints;
import waybill.hub.position.SignalWatch;
import waybill.hub.projection.CachedDisplayNames;
import waybill.hub.relay.NodeCheckpoint;
import waybill.hub.relay.WakeUpSignal;
import waybill.hub.schedule.ThreadHealth;
import waybill.server.live.AckRequests;
import waybill.server.live.ClientCheckpoints;
import waybill.server.live.ClientRegistry;
import waybill.server.live.DeliveryRequests;
import waybill.server.live.DialectChannels;
import waybill.server.live.DialectServer;
import waybill.server.live.DriverStatusHandler;
import waybill.server.live.EventBroadcaster;
import waybill.server.live.EventReplays;
import waybill.server.live.FleetViewers;
import waybill.server.live.MessageDispatcher;
import waybill.server.live.NodeAlertSender;
import waybill.server.live.OrderCommands;
import waybill.server.live.OrderConfirmations;
import waybill.server.live.OrderSubscriptions;
import waybill.server.live.PositionBroadcaster;
import waybill.server.live.PositionReportHandler;
import waybill.server.live.RateHintSender;
import waybill.server.live.SessionLifecycle;
import waybill.server.live.Subscriptions;
import waybill.server.live.SyncHandler;
import waybill.server.rest.order.JsonOrderPlacement;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.RejectedEvents;
import waybill.socketio.SocketServer;

/// The namespaces of the dialects, and what is published to them.
///
/// @param checkpoints saves the rest of them when it is closed
/// @param tasks run often, on the scheduler's thread
public record LivePart(
        DialectServer dialectServer,
        PositionPipeline positions,
        PositionReports reports,
        SignalWatch signals,
        OrderConfirmations confirmations,
        DeliveryRequests deliveryRequests,
        EventBroadcaster broadcaster,
        ClientCheckpoints checkpoints,
        List<Runnable> tasks)
        implements AutoCloseable {

    /// @param relay the checkpoint of the node's relay
    /// @param signal wakes that relay
    static LivePart create(
            Parts parts,
            SocketServer sockets,
            LinkPart links,
            ThreadHealth health,
            AdmissionLimits admission,
            RejectedEvents rejectedEvents,
            NodeCheckpoint relay,
            WakeUpSignal signal) {
        var core = parts.core();
        var store = parts.storage().store();
        var clock = parts.platform().clock();
        var limits = parts.config().socketLimits();
        var clients = new ClientRegistry(
                parts.cluster().liveSockets(), parts.cluster().connections(), clock);
        parts.cluster().connections().add(clients);
        var channels = DialectChannels.of(
                sockets,
                new CachedDisplayNames(store.directory(), clock),
                parts.cluster().socketCounts());
        var positions = positions(parts, channels, links);
        var signals = signals(parts, channels);
        var rateHints = rateHints(parts, new RateHintSender(clients, channels));
        positions.addListener(signals);
        positions.addListener(rateHints);
        positions.restore(); // before clients are admitted
        core.eta().travelTimes().onNewer(request -> {
            if (request.driverOrNone() != null) {
                positions.onNewerTravel(request.driverOrNone());
            }
        });
        var reports = new PositionReports(
                positions,
                rateHints,
                core.activeOrders(),
                store.orderQueries(),
                store.eventLog(),
                core.blockingExecutor(),
                clock);
        var checkpoints =
                new ClientCheckpoints(parts.cluster().node(), store.journal(), clients, clock, relay.startSequence());
        var replays = new EventReplays(
                store.eventLog(),
                store.clientCheckpoints(),
                core.activeOrders(),
                clients,
                checkpoints,
                core.blockingExecutor(),
                signal::signal,
                health);
        var placement = new JsonOrderPlacement(core.orders(), parts.config().restSettings(), core.ids(), clock);
        var commands = new OrderCommands(placement, core.orders(), clock);
        var ackRequests = new AckRequests(commands);
        var confirmations = new OrderConfirmations(
                new PendingConfirmations(store.confirmations(), store.eventLog(), store.journal(), clock),
                core.activeOrders(),
                clients,
                ackRequests,
                checkpoints,
                core.blockingExecutor(),
                limits.confirmationRetryAfter(),
                clock);
        var deliveryRequests =
                new DeliveryRequests(store.directory(), core.activeOrders(), clients, ackRequests, clock);
        var sessions = new SessionLifecycle(
                clients,
                limits,
                clock,
                replays,
                confirmations,
                deliveryRequests,
                core.personRecorder(),
                rateHints::onConnect);
        var fleetViewers = new FleetViewers(
                FleetViewers.VIEWERS_MAX,
                core.driverPositions(),
                core.activeOrders(),
                core.driversOnDuty()::isOnDuty,
                limits.signal(),
                clock,
                parts.platform()::elapsedMs);
        var subscriptions = new OrderSubscriptions(
                core.activeOrders(), store.orderQueries(), core.blockingExecutor(), positions, checkpoints);
        var sync = new SyncHandler(store.eventLog(), core.blockingExecutor());
        var dialectServer = new DialectServer(
                sockets,
                parts.security().authenticator(),
                channels,
                admission,
                sessions,
                new MessageDispatcher(
                        clock,
                        sessions,
                        new Subscriptions(subscriptions, fleetViewers),
                        sync,
                        commands,
                        new PositionReportHandler(reports, core.positionCounters(), clock),
                        new DriverStatusHandler(RestPart.driverStatuses(parts)),
                        rejectedEvents),
                limits,
                !parts.security().isSecured());
        var nodeAlerts = new NodeAlertSender(channels);
        var broadcaster = new EventBroadcaster(
                core.activeOrders(), clients, channels, positions, replays, health, confirmations, deliveryRequests);
        return new LivePart(
                dialectServer,
                positions,
                reports,
                signals,
                confirmations,
                deliveryRequests,
                broadcaster,
                checkpoints,
                List.of(
                        positions::publishDue,
                        signals::runDue,
                        positions::publishMovedEtas,
                        confirmations::runDue,
                        deliveryRequests::runDue,
                        () -> core.storeAlert().runDue(nodeAlerts),
                        fleetViewers::runDue,
                        replays::runDue,
                        checkpoints::runDue));
    }

    private static PositionPipeline positions(Parts parts, DialectChannels channels, LinkPart links) {
        var store = parts.storage().store();
        var core = parts.core();
        var clock = parts.platform().clock();
        var arrivals = new ArrivalTracker(
                core.activeOrders(),
                core.eta().addresses()::pickupOf,
                core.eta().travelTimes()::now,
                core.orders()::handle,
                clock);
        var broadcaster = new PositionBroadcaster(channels);
        PositionPublisher publisher = (updates, etaOrNone) -> {
            broadcaster.publish(updates, etaOrNone);
            links.views().publish(updates, etaOrNone);
        };
        return new PositionPipeline(
                core.activeOrders(),
                core.driverPositions(),
                new PositionSinks(store.trackLog(), publisher, arrivals),
                store.eventLog(),
                core.eta().tracker(),
                parts.config().socketLimits().positionPolicy(),
                clock);
    }

    private static RateHints rateHints(Parts parts, RateHintSender sender) {
        return new RateHints(
                parts.core().activeOrders(),
                parts.core().eta().addresses()::pickupOf,
                sender,
                sender,
                parts.platform()::elapsedMs);
    }

    private static SignalWatch signals(Parts parts, DialectChannels channels) {
        var core = parts.core();
        var limits = parts.config().socketLimits();
        return new SignalWatch(
                limits.signal(),
                new Precision(core.activeOrders(), limits.isHiddenUntilNext()),
                core.driverPositions(),
                core.driversOnDuty()::isOnDuty,
                new PositionBroadcaster(channels),
                parts.platform().clock(),
                parts.platform()::elapsedMs);
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
