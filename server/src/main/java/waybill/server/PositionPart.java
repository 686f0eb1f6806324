package waybill.server;

import java.util.List;
import waybill.hub.arrival.ArrivalTracker;
import waybill.hub.position.PositionPipeline;
import waybill.hub.position.PositionPublisher;
import waybill.hub.position.PositionReports;
import waybill.hub.position.PositionSinks;
import waybill.hub.position.Precision;
import waybill.hub.position.RateHints;
import waybill.hub.position.SignalWatch;
import waybill.server.live.ClientRegistry;
import waybill.server.live.DialectChannels;
import waybill.server.live.FleetViewers;
import waybill.server.live.LinkBroadcaster;
import waybill.server.live.PositionBroadcaster;
import waybill.server.live.RateHintSender;

/// The positions of drivers: how reports are handled, and what follows from them or from their absence.
record PositionPart(
        PositionPipeline pipeline,
        PositionReports reports,
        SignalWatch signals,
        RateHints rateHints,
        FleetViewers fleetViewers) {

    /// Positions that were stored are restored before clients are admitted.
    static PositionPart create(
            Parts parts, ClientRegistry clients, DialectChannels channels, LinkBroadcaster linkBroadcaster) {
        var pipeline = pipeline(parts, channels, linkBroadcaster);
        var signals = signals(parts, channels);
        var rateHints = rateHints(parts, new RateHintSender(clients, channels));
        pipeline.addListener(signals);
        parts.core()
                .driverPositions()
                .onFollowed(track ->
                        signals.onNewest(track, parts.platform().clock().millis()));
        pipeline.addListener(rateHints);
        pipeline.restore();
        parts.core().eta().travelTimes().onNewer(request -> {
            if (request.driverOrNone() != null) {
                pipeline.onNewerTravel(request.driverOrNone());
            }
        });
        return new PositionPart(pipeline, reports(parts, pipeline, rateHints), signals, rateHints, fleetViewers(parts));
    }

    private static PositionPipeline pipeline(Parts parts, DialectChannels channels, LinkBroadcaster linkBroadcaster) {
        var store = parts.storage().store();
        var core = parts.core();
        var clock = parts.platform().clock();
        var arrivals = new ArrivalTracker(
                core.activeOrders(),
                core.eta().addresses()::pickupOf,
                core.eta().travelTimes()::now,
                core.orders()::handle,
                clock);
        var publisher = PositionPublisher.toAll(List.of(new PositionBroadcaster(channels), linkBroadcaster));
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

    /// Every node watches all drivers, and publishes to its own sockets: none waits for another that has died.
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

    private static PositionReports reports(Parts parts, PositionPipeline positions, RateHints rateHints) {
        var core = parts.core();
        var store = parts.storage().store();
        return new PositionReports(
                positions,
                rateHints,
                core.activeOrders(),
                store.orderQueries(),
                store.eventLog(),
                core.blockingExecutor(),
                parts.platform().clock());
    }

    private static FleetViewers fleetViewers(Parts parts) {
        var core = parts.core();
        return new FleetViewers(
                FleetViewers.VIEWERS_MAX,
                core.driverPositions(),
                core.activeOrders(),
                core.driversOnDuty()::isOnDuty,
                parts.config().socketLimits().signal(),
                parts.platform().clock(),
                parts.platform()::elapsedMs);
    }
}
