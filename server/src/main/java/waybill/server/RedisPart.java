package waybill.server;

import java.util.HexFormat;
import waybill.hub.NodeId;
import waybill.server.cluster.ClusterNode;
import waybill.server.cluster.ClusterPorts;
import waybill.server.cluster.NodeBus;
import waybill.server.metrics.OtherNodes;
import waybill.socketio.redis.RedisCluster;
import waybill.socketio.redis.RedisConfig;
import waybill.tracking.DriverPositions;

/// What reaches the other nodes over Redis: their sockets, and the state that they share.
public record RedisPart(RedisCluster cluster, ClusterPorts ports, ClusterNode.Running node) implements AutoCloseable {

    private static final int RANDOM_BYTES = 4;

    static RedisPart start(
            RedisConfig redis, NodeId id, DriverPositions ownPositions, Config config, Platform platform) {
        var cluster = RedisCluster.connect(redis, platform.clock());
        var ports = new ClusterPorts(ownPositions, config.capsLimits().roomsMax(), platform.clock());
        var node = ClusterNode.start(
                processName(id, platform),
                new NodeBus(() -> cluster.health().connected(), cluster::publish, cluster::listen),
                ports,
                platform.clock(),
                platform::elapsedMs,
                platform.threads());
        return new RedisPart(cluster, ports, node);
    }

    /// A node that starts again is another process: nothing of the former one is its own.
    private static String processName(NodeId id, Platform platform) {
        var random = new byte[RANDOM_BYTES];
        platform.random().nextBytes(random);
        return id + "-" + HexFormat.of().formatHex(random);
    }

    OtherNodes otherNodes() {
        var health = cluster.health();
        var silentSince = node.node().silentSince();
        return new OtherNodes(
                health.connected() && silentSince.isEmpty(),
                silentSince.filter(_ -> health.connected()).orElse(health.since()),
                health.dropped(),
                node.node().peerCount());
    }

    @Override
    public void close() {
        node.close();
        cluster.close();
    }
}
