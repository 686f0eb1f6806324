package waybill.server;

import java.util.List;
import waybill.hub.PendingConfirmations;
import waybill.hub.position.PositionPipeline;
import waybill.hub.position.PositionReports;
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
import waybill.server.live.LinkBroadcaster;
import waybill.server.live.MessageDispatcher;
import waybill.server.live.NodeAlertSender;
import waybill.server.live.OrderCommands;
import waybill.server.live.OrderConfirmations;
import waybill.server.live.OrderSubscriptions;
import waybill.server.live.PositionReportHandler;
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
        var clients = new ClientRegistry(
                parts.cluster().liveSockets(), parts.cluster().connections(), clock);
        parts.cluster().connections().add(clients);
        var channels = DialectChannels.of(
                sockets,
                new CachedDisplayNames(store.directory(), clock),
                parts.cluster().socketCounts());
        var position = PositionPart.create(parts, clients, channels, linkBroadcaster(parts, sockets, links));
        var positions = position.pipeline();
        var checkpoints =
                new ClientCheckpoints(parts.cluster().node(), store.journal(), clients, clock, relay.startSequence());
        var replays = replays(parts, clients, checkpoints, signal, health);
        var commands = commands(parts);
        var ackRequests = new AckRequests(commands);
        var confirmations = confirmations(parts, clients, ackRequests, checkpoints);
        var deliveryRequests =
                new DeliveryRequests(store.directory(), core.activeOrders(), clients, ackRequests, clock);
        var sessions = sessions(parts, clients, replays, confirmations, deliveryRequests, position.rateHints());
        var subscriptions = new Subscriptions(
                new OrderSubscriptions(
                        core.activeOrders(), store.orderQueries(), core.blockingExecutor(), positions, checkpoints),
                position.fleetViewers());
        var dialectServer = new DialectServer(
                sockets,
                parts.security().authenticator(),
                channels,
                admission,
                sessions,
                dispatcher(parts, sessions, subscriptions, commands, position.reports(), rejectedEvents),
                parts.config().socketLimits(),
                !parts.security().isSecured());
        var nodeAlerts = new NodeAlertSender(channels);
        var broadcaster = new EventBroadcaster(
                core.activeOrders(), clients, channels, positions, replays, health, confirmations, deliveryRequests);
        return new LivePart(
                dialectServer,
                positions,
                position.reports(),
                position.signals(),
                confirmations,
                deliveryRequests,
                broadcaster,
                checkpoints,
                List.of(
                        positions::publishDue,
                        position.signals()::runDue,
                        positions::publishMovedEtas,
                        confirmations::runDue,
                        deliveryRequests::runDue,
                        () -> core.storeAlert().runDue(nodeAlerts),
                        position.fleetViewers()::runDue,
                        replays::runDue,
                        checkpoints::runDue));
    }

    private static LinkBroadcaster linkBroadcaster(Parts parts, SocketServer sockets, LinkPart links) {
        return new LinkBroadcaster(
                sockets.of("/realtime"),
                parts.cluster().socketCounts(),
                links.publicLinks()::streamCount,
                links.views());
    }

    private static EventReplays replays(
            Parts parts,
            ClientRegistry clients,
            ClientCheckpoints checkpoints,
            WakeUpSignal signal,
            ThreadHealth health) {
        var store = parts.storage().store();
        return new EventReplays(
                store.eventLog(),
                store.clientCheckpoints(),
                parts.core().activeOrders(),
                clients,
                checkpoints,
                parts.core().blockingExecutor(),
                signal::signal,
                health);
    }

    private static OrderCommands commands(Parts parts) {
        var core = parts.core();
        var clock = parts.platform().clock();
        return new OrderCommands(
                new JsonOrderPlacement(core.orders(), parts.config().restSettings(), core.ids(), clock),
                core.orders(),
                clock);
    }

    private static SessionLifecycle sessions(
            Parts parts,
            ClientRegistry clients,
            EventReplays replays,
            OrderConfirmations confirmations,
            DeliveryRequests deliveryRequests,
            RateHints rateHints) {
        return new SessionLifecycle(
                clients,
                parts.config().socketLimits(),
                parts.platform().clock(),
                replays,
                confirmations,
                deliveryRequests,
                parts.core().personRecorder(),
                rateHints::onConnect);
    }

    private static OrderConfirmations confirmations(
            Parts parts, ClientRegistry clients, AckRequests ackRequests, ClientCheckpoints checkpoints) {
        var core = parts.core();
        var store = parts.storage().store();
        var clock = parts.platform().clock();
        return new OrderConfirmations(
                new PendingConfirmations(store.confirmations(), store.eventLog(), store.journal(), clock),
                core.activeOrders(),
                clients,
                ackRequests,
                checkpoints,
                core.blockingExecutor(),
                parts.config().socketLimits().confirmationRetryAfter(),
                clock);
    }

    private static MessageDispatcher dispatcher(
            Parts parts,
            SessionLifecycle sessions,
            Subscriptions subscriptions,
            OrderCommands commands,
            PositionReports reports,
            RejectedEvents rejectedEvents) {
        var core = parts.core();
        var clock = parts.platform().clock();
        return new MessageDispatcher(
                clock,
                sessions,
                subscriptions,
                new SyncHandler(parts.storage().store().eventLog(), core.blockingExecutor()),
                commands,
                new PositionReportHandler(reports, core.positionCounters(), clock),
                new DriverStatusHandler(RestPart.driverStatuses(parts)),
                rejectedEvents);
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
