package waybill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.random.RandomGenerator;
import waybill.hub.NodeId;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.hub.presence.InMemoryPresence;
import waybill.hub.presence.InMemorySocketCounts;
import waybill.hub.presence.InMemoryUserConnections;
import waybill.hub.presence.InMemoryUserSockets;
import waybill.hub.presence.Presence;
import waybill.hub.presence.SocketCounts;
import waybill.hub.presence.UserConnections;
import waybill.hub.presence.UserSockets;
import waybill.hub.schedule.InMemoryLeases;
import waybill.hub.schedule.Leases;
import waybill.hub.schedule.StoredLeases;
import waybill.limit.InMemoryRateLimiters;
import waybill.limit.RateLimiters;
import waybill.messaging.InMemoryQueueSubscriptions;
import waybill.messaging.QueueSubscriptions;
import waybill.server.cluster.ClusterNode;
import waybill.server.cluster.ClusterPorts;
import waybill.server.cluster.NodeBus;
import waybill.server.metrics.OtherNodes;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.redis.RedisConfig;
import waybill.storage.sql.PrivateFiles;
import waybill.tracking.DriverPositions;

/// This node, and what it shares with the other nodes of the hub. A hub of one node has all of it in memory.
///
/// @param liveSockets the sockets of each user on the namespaces of the dialects
/// @param capsSockets the sockets of each user on `/caps`
/// @param connections the sockets of each user on all namespaces, as administrators see them
/// @param socketCounts which dialects have a socket
/// @param limiters the limits that hold for all nodes together
/// @param driverPositions the newest positions of drivers, whichever node they report to
/// @param adapter reaches the sockets of all nodes
/// @param redis what the other nodes are reached over; empty where this is the only node
public record ClusterPart(
        NodeId node,
        Presence presence,
        UserSockets liveSockets,
        UserSockets capsSockets,
        UserConnections connections,
        SocketCounts socketCounts,
        QueueSubscriptions subscriptions,
        Leases leases,
        RateLimiters limiters,
        DriverPositions driverPositions,
        Adapter.Factory adapter,
        Optional<RedisPart> redis)
        implements AutoCloseable {

    /// The file of the node's name in the data directory. An operator may write another name into it.
    static final String NODE_FILE = "node-id";

    /// A node on a store, which other nodes may have opened too.
    public static ClusterPart start(Config config, Platform platform, StoragePart storage) {
        var node = node(config, platform);
        return config.database().isShared()
                ? of(node, new StoredLeases(node, storage.store().journal(), platform::elapsedMs), config, platform)
                : ofOneNode(config, platform);
    }

    public static ClusterPart ofOneNode(Config config, Platform platform) {
        var node = node(config, platform);
        return of(node, new InMemoryLeases(node, platform::elapsedMs), config, platform);
    }

    private static ClusterPart of(NodeId node, Leases leases, Config config, Platform platform) {
        return config.cluster()
                .redis()
                .map(address -> overRedis(RedisConfig.of(address), node, leases, config, platform))
                .orElseGet(() -> alone(node, leases, config));
    }

    private static ClusterPart alone(NodeId node, Leases leases, Config config) {
        return new ClusterPart(
                node,
                new InMemoryPresence(),
                new InMemoryUserSockets(),
                new InMemoryUserSockets(),
                new InMemoryUserConnections(),
                new InMemorySocketCounts(),
                new InMemoryQueueSubscriptions(config.capsLimits().roomsMax()),
                leases,
                new InMemoryRateLimiters(),
                positionsOf(config),
                (_, local) -> local,
                Optional.empty());
    }

    /// A node on a store that other nodes have open too, which shares the rest with them over another bus than Redis.
    /// What it runs ends with the threads of its platform.
    ///
    /// @param process the name of this process, which no other has
    public static ClusterPart over(
            NodeBus bus,
            String process,
            Adapter.Factory adapter,
            Config config,
            Platform platform,
            StoragePart storage) {
        var node = node(config, platform);
        var ports = new ClusterPorts(positionsOf(config), config.capsLimits().roomsMax(), platform.clock());
        ClusterNode.start(process, bus, ports, platform.clock(), platform::elapsedMs, platform.threads());
        var leases = new StoredLeases(node, storage.store().journal(), platform::elapsedMs);
        return sharing(ports, node, leases, adapter, Optional.empty());
    }

    /// A node that shares all but the leases with the others over Redis.
    static ClusterPart overRedis(RedisConfig address, NodeId node, Leases leases, Config config, Platform platform) {
        var redis = RedisPart.start(address, node, positionsOf(config), config, platform);
        return sharing(redis.ports(), node, leases, redis.cluster(), Optional.of(redis));
    }

    private static ClusterPart sharing(
            ClusterPorts ports, NodeId node, Leases leases, Adapter.Factory adapter, Optional<RedisPart> redis) {
        return new ClusterPart(
                node,
                ports.presence(),
                ports.liveSockets(),
                ports.capsSockets(),
                ports.connections(),
                ports.socketCounts(),
                ports.subscriptions(),
                leases,
                ports.rateLimiters(),
                ports.driverPositions(),
                adapter,
                redis);
    }

    private static DriverPositions positionsOf(Config config) {
        return new InMemoryDriverPositions(
                DriverPositions.DRIVERS_MAX, config.socketLimits().speedMax());
    }

    /// The name of the node with that data directory.
    static NodeId node(Config config, Platform platform) {
        return loadOrCreate(config.data(), platform.random());
    }

    private static NodeId loadOrCreate(Path data, RandomGenerator random) {
        var file = data.resolve(NODE_FILE);
        try {
            PrivateFiles.createDirectory(data);
            if (!Files.exists(file)) {
                create(file, NodeId.random(random));
            }
            return new NodeId(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    private static void create(Path file, NodeId node) throws IOException {
        try {
            Files.writeString(file, node + "\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException _) {
            // another process has created it first
        }
    }

    /// Whether the sockets of other nodes are reached; empty where this is the only node.
    Optional<OtherNodes> otherNodes() {
        return redis.map(RedisPart::otherNodes);
    }

    @Override
    public void close() {
        leases.release();
        redis.ifPresent(RedisPart::close);
    }
}
