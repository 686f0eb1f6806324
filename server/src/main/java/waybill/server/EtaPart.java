package waybill.server;

import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.hub.eta.CachedTravelTimes;
import waybill.hub.eta.EtaLearner;
import waybill.hub.eta.EtaModelSaver;
import waybill.hub.eta.EtaPredictions;
import waybill.hub.eta.ReadyTimes;
import waybill.hub.eta.StoreAddresses;
import waybill.hub.position.EtaEstimator;
import waybill.hub.projection.ActiveOrders;
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
        EtaLearner learner,
        EtaModelSaver saver)
        implements AutoCloseable {

    static EtaPart start(
            Platform platform,
            StoragePart storage,
            ClusterPart cluster,
            ActiveOrders activeOrders,
            DriverPositions driverPositions,
            ExecutorService blockingExecutor) {
        var store = storage.store();
        var restored = EtaModelSaver.restore(store.etaModel());
        var model = restored.model();
        var learnt = new LearntTravelTimes(model.legs(), ZoneId.systemDefault());
        var travelTimes = new CachedTravelTimes(learnt, platform.clock());
        var readyTimes = new ReadyTimes(model);
        var predictions = new EtaPredictions(model.calibration());
        var addresses = new StoreAddresses(store.directory()::findBusiness, blockingExecutor, platform.clock());
        var learner = new EtaLearner(model, learnt, readyTimes, predictions, driverPositions, activeOrders::ofDriver);
        restored.learnNewer(learner, store.eventLog());
        return new EtaPart(
                model,
                travelTimes,
                addresses,
                readyTimes,
                new EtaEstimator(
                        model, travelTimes, addresses, readyTimes, predictions, activeOrders::inDeliverySequence),
                learner,
                new EtaModelSaver(
                        learner,
                        store.journal(),
                        blockingExecutor,
                        platform::elapsedMs,
                        cluster.leases(),
                        restored.sequence()));
    }

    @Override
    public void close() {
        travelTimes.close();
    }
}
