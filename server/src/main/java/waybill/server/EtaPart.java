package waybill.server;

import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import waybill.eta.DelayRule;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.eta.TravelTimeProvider;
import waybill.hub.OrderCommandHandler;
import waybill.hub.eta.CachedTravelTimes;
import waybill.hub.eta.DelayAlerts;
import waybill.hub.eta.EtaLearner;
import waybill.hub.eta.EtaModelSaver;
import waybill.hub.eta.EtaPredictions;
import waybill.hub.eta.ReadyTimes;
import waybill.hub.eta.RoutingLimits;
import waybill.hub.eta.StoreAddresses;
import waybill.hub.position.EtaEstimator;
import waybill.hub.position.EtaTracker;
import waybill.hub.projection.ActiveOrders;
import waybill.routing.GraphHopperRouting;
import waybill.routing.RoutingVehicle;
import waybill.server.routing.RoutingConfig;
import waybill.tracking.DriverPositions;

/// Times of arrival: what was learnt, the provider of travel times, and the estimates from both.
///
/// @param saver saves what was learnt
public record EtaPart(
        EtaModel model,
        CachedTravelTimes travelTimes,
        StoreAddresses addresses,
        ReadyTimes readyTimes,
        EtaEstimator estimator,
        EtaTracker tracker,
        EtaLearner learner,
        EtaModelSaver saver)
        implements AutoCloseable {

    /// The directory of imported roads, in that of the hub's data.
    private static final String ROUTING_DIRECTORY = "routing";

    static EtaPart start(
            Config config,
            Platform platform,
            StoragePart storage,
            ClusterPart cluster,
            OrderCommandHandler orders,
            ActiveOrders activeOrders,
            DriverPositions driverPositions,
            ExecutorService blockingExecutor) {
        var store = storage.store();
        var restored = EtaModelSaver.restore(store.etaModel());
        var model = restored.model();
        var learnt = new LearntTravelTimes(model.legs(), ZoneId.systemDefault());
        var travelTimes =
                new CachedTravelTimes(provider(config, platform), learnt, RoutingLimits.defaults(), platform.clock());
        var readyTimes = new ReadyTimes(model);
        var predictions = new EtaPredictions(model.calibration());
        var addresses = new StoreAddresses(store.directory()::findBusiness, blockingExecutor, platform.clock());
        var learner = new EtaLearner(model, learnt, readyTimes, predictions, driverPositions, activeOrders::ofDriver);
        restored.learnNewer(learner, store.eventLog());
        var estimator = new EtaEstimator(
                model, travelTimes, addresses, readyTimes, predictions, activeOrders::inDeliverySequence);
        var delayAfter = config.eta().delayAfter();
        var rule = delayAfter.isPositive() ? DelayRule.openAfter(delayAfter) : null;
        return new EtaPart(
                model,
                travelTimes,
                addresses,
                readyTimes,
                estimator,
                new EtaTracker(
                        estimator,
                        new DelayAlerts(rule, orders),
                        order -> activeOrders.byId(order).isPresent()),
                learner,
                new EtaModelSaver(
                        learner,
                        store.journal(),
                        blockingExecutor,
                        platform::elapsedMs,
                        cluster.leases(),
                        restored.sequence()));
    }

    private static @Nullable TravelTimeProvider provider(Config config, Platform platform) {
        return switch (config.eta().routing()) {
            case RoutingConfig.None _ -> null;
            case RoutingConfig.Service service -> service.open();
            case RoutingConfig.OsmFile(var file, var vehicle) ->
                GraphHopperRouting.open(
                        file, config.data().resolve(ROUTING_DIRECTORY), RoutingVehicle.of(vehicle), platform.threads());
        };
    }

    @Override
    public void close() {
        saver.close();
        travelTimes.close();
    }
}
