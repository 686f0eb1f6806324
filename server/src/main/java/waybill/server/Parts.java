package waybill.server;

import waybill.hub.relay.NodeCheckpoint;
import waybill.server.metrics.MetricsRegistry;

/// The parts of a hub on which its sockets and its HTTP stand, started in this order.
///
/// @param checkpoint where the node's relay begins: read before anything that the relay's events keep up to date, so
/// that
///     an event that another node commits meanwhile is in either
public record Parts(
        Config config,
        Platform platform,
        MetricsRegistry metrics,
        StoragePart storage,
        FilesPart files,
        ClusterPart cluster,
        NodeCheckpoint checkpoint,
        SecurityPart security,
        CorePart core,
        NotificationPart notifications,
        OutboundPart outbound) {

    /// Starts the parts of a hub, and adds each to `started` as soon as it must be closed.
    public static Parts start(Config config, Platform platform, StartedParts started) {
        var storage = started.add(StoragePart.open(config, platform));
        return start(config, platform, storage, ClusterPart.start(config, platform, storage), started);
    }

    /// Starts the parts of a node on a store that is open, and stays open when the node closes.
    public static Parts start(
            Config config, Platform platform, StoragePart storage, ClusterPart cluster, StartedParts started) {
        started.add(cluster);
        var checkpoint = storage.checkpoint(cluster.node());
        var metrics = started.add(new MetricsRegistry());
        var security = started.add(SecurityPart.start(config, platform, storage));
        var files = started.add(FilesPart.start(config, platform, storage));
        var core = started.add(CorePart.start(config, platform, storage, cluster, security));
        var notifications = started.add(NotificationPart.start(config, platform, storage, core));
        var outbound = started.add(OutboundPart.start(config, platform, storage, cluster, core, notifications));
        return new Parts(
                config,
                platform,
                metrics,
                storage,
                files,
                cluster,
                checkpoint,
                security,
                core,
                notifications,
                outbound);
    }
}
