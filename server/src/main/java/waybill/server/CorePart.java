package waybill.server;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.UUIDClock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import waybill.dispatch.DecisionLog;
import waybill.hub.AssignmentPolicy;
import waybill.hub.OrderCommandHandler;
import waybill.hub.ParcelQueues;
import waybill.hub.PersonRecorder;
import waybill.hub.alert.StoreAlert;
import waybill.hub.dispatch.DriversOnDuty;
import waybill.hub.dispatch.JournalDecisionLog;
import waybill.hub.position.EtaEstimator;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.schedule.BlockingExecutor;
import waybill.server.caps.CapsQueues;
import waybill.server.metrics.PositionCounters;
import waybill.tracking.DriverPositions;

/// What sockets and HTTP share: the order commands, and the state in memory that both read.
public record CorePart(
        OrderCommandHandler orders,
        ActiveOrders activeOrders,
        DriverPositions driverPositions,
        DriversOnDuty driversOnDuty,
        DecisionLog decisionLog,
        EtaPart eta,
        CapsQueues queues,
        PersonRecorder personRecorder,
        PositionCounters positionCounters,
        StoreAlert storeAlert,
        ExecutorService blockingExecutor,
        Supplier<UUID> ids)
        implements AutoCloseable {

    public static CorePart start(
            Config config, Platform platform, StoragePart storage, ClusterPart cluster, SecurityPart security) {
        var store = storage.store();
        var blockingExecutor = BlockingExecutor.start(platform.threads());
        var policy = new OrderCommandHandler.OrderPolicy(
                config.orders().numberPrefix(),
                config.orders().acceptDeadline(),
                config.orders().dispatch().offerPolicy(),
                config.orders().tariff(),
                ParcelQueues::route);
        var orders = new OrderCommandHandler(
                store.journal(),
                cluster.presence()::isConnected,
                policy,
                security.isSecured() ? AssignmentPolicy.REGISTERED_DRIVERS : AssignmentPolicy.REGISTERED_OR_UNKNOWN);
        var ids = ids(platform);
        var activeOrders = ActiveOrders.of(store.orderQueries());
        var driverPositions = cluster.driverPositions();
        return new CorePart(
                orders,
                activeOrders,
                driverPositions,
                DriversOnDuty.read(
                        store.directory()::listDrivers, store.eventLog().lastSequence(), activeOrders, driverPositions),
                new JournalDecisionLog(store.journal()),
                EtaPart.start(
                        config, platform, storage, cluster, orders, activeOrders, driverPositions, blockingExecutor),
                new CapsQueues(
                        new ParcelQueues(store.journal()),
                        store.messageQueues(),
                        cluster.subscriptions(),
                        cluster.presence(),
                        store.eventLog(),
                        blockingExecutor),
                new PersonRecorder(store.journal()),
                new PositionCounters(),
                new StoreAlert(store::failure, cluster.node().name(), ids, platform.clock(), platform::elapsedMs),
                blockingExecutor,
                ids);
    }

    /// Ids that sort by the time at which they were made.
    private static Supplier<UUID> ids(Platform platform) {
        var clock = new UUIDClock() {
            @Override
            public long currentTimeMillis() {
                return platform.clock().millis();
            }
        };
        return Generators.timeBasedEpochRandomGenerator(platform.random(), clock)::generate;
    }

    public EtaEstimator etas() {
        return eta.estimator();
    }

    @Override
    public void close() {
        eta.close();
        blockingExecutor.close();
    }
}
