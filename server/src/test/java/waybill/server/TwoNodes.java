package waybill.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import waybill.hub.NodeId;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.hub.schedule.InMemoryLeases;
import waybill.server.live.JoinedAdapters;
import waybill.socketio.redis.RedisConfig;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;

/// Two nodes of one hub, on one store, each with a port of its own.
record TwoNodes(StoragePart storage, WaybillServer one, WaybillServer two) implements AutoCloseable {

    static TwoNodes start(Path data) {
        var config = Config.defaults(data).withPorts(List.of(0));
        var platform = Platform.system();
        var storage = StoragePart.open(config, platform);
        var leases = new InMemoryLeases(new NodeId("one"), () -> 0);
        var alone = ClusterPart.ofOneNode(config, platform);
        var adapters = new JoinedAdapters();
        var one = WaybillServer.start(config, platform, storage, node(alone, new NodeId("one"), leases, adapters));
        var two = WaybillServer.start(
                config, platform, storage, node(alone, new NodeId("two"), leases.of(new NodeId("two")), adapters));
        return new TwoNodes(storage, one, two);
    }

    /// Nodes that share what they do over Redis.
    static TwoNodes overRedis(Path data, RedisConfig redis) {
        var config = Config.defaults(data).withPorts(List.of(0));
        var platform = Platform.system();
        var storage = StoragePart.open(config, platform);
        var leases = new InMemoryLeases(new NodeId("one"), () -> 0);
        var one = ClusterPart.overRedis(redis, new NodeId("one"), leases, config, platform);
        var two = ClusterPart.overRedis(redis, new NodeId("two"), leases.of(new NodeId("two")), config, platform);
        return new TwoNodes(
                storage,
                WaybillServer.start(config, platform, storage, one),
                WaybillServer.start(config, platform, storage, two));
    }

    private static ClusterPart node(ClusterPart shared, NodeId id, InMemoryLeases leases, JoinedAdapters adapters) {
        return new ClusterPart(
                id,
                shared.presence(),
                shared.liveSockets(),
                shared.capsSockets(),
                shared.connections(),
                shared.socketCounts(),
                shared.subscriptions(),
                leases,
                shared.limiters(),
                new InMemoryDriverPositions(DriverPositions.DRIVERS_MAX, DriverTrackState.SPEED_MAX),
                adapters,
                Optional.empty());
    }

    @Override
    public void close() {
        two.close();
        one.close();
        storage.close();
    }
}
