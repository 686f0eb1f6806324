package waybill.server.live;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.hub.NodeId;
import waybill.hub.alert.AlertThresholds;
import waybill.hub.dispatch.DispatchSettings;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.hub.schedule.InMemoryLeases;
import waybill.server.ClusterPart;
import waybill.server.Config;
import waybill.server.IntegrationSettings;
import waybill.server.OrderSettings;
import waybill.server.Parts;
import waybill.server.Platform;
import waybill.server.SocketPart;
import waybill.server.StartedParts;
import waybill.server.StoragePart;
import waybill.server.cluster.ClusterNode;
import waybill.server.cluster.ClusterPorts;
import waybill.server.cluster.LocalBus;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Trust;
import waybill.server.socket.SocketLimits;
import waybill.socketio.adapter.Adapter;
import waybill.tracking.DriverPositions;

/// How a [DialectServerFixture] starts its server.
///
/// @param bus over which its positions reach other nodes; null if it is alone with them
/// @param otherNode the node whose store it shares; null if it has its own
record DialectServerSettings(
        Path data,
        boolean isSecured,
        SocketLimits limits,
        DispatchSettings dispatch,
        Adapter.Factory adapter,
        AlertThresholds alerts,
        @Nullable LocalBus bus,
        @Nullable RunningServer otherNode) {

    /// Orders are offered to all drivers when they are ready: no round of dispatch comes between a test's events.
    private static final DispatchSettings TO_ALL =
            DispatchSettings.defaults().withStrategy(DispatchSettings.Strategy.OFF);

    private static final Duration ACCEPT_WITHIN = Duration.ofSeconds(60);
    private static final Duration NO_PING = Duration.ofHours(1); // a slow viewer would not answer

    /// A server that asks for tokens, with the defaults of a hub besides.
    static DialectServerSettings of(Path data) {
        return new DialectServerSettings(
                data, true, SocketLimits.defaults(), TO_ALL, (_, local) -> local, AlertThresholds.OFF, null, null);
    }

    DialectServerSettings inDevelopment() {
        return new DialectServerSettings(data, false, limits, dispatch, adapter, alerts, bus, otherNode);
    }

    DialectServerSettings withLimits(SocketLimits value) {
        return new DialectServerSettings(data, isSecured, value, dispatch, adapter, alerts, bus, otherNode);
    }

    DialectServerSettings withDispatch(DispatchSettings value) {
        return new DialectServerSettings(data, isSecured, limits, value, adapter, alerts, bus, otherNode);
    }

    DialectServerSettings withAdapter(Adapter.Factory value) {
        return new DialectServerSettings(data, isSecured, limits, dispatch, value, alerts, bus, otherNode);
    }

    DialectServerSettings withAlerts(AlertThresholds value) {
        return new DialectServerSettings(data, isSecured, limits, dispatch, adapter, value, bus, otherNode);
    }

    DialectServerSettings withBus(LocalBus value) {
        return new DialectServerSettings(data, isSecured, limits, dispatch, adapter, alerts, value, otherNode);
    }

    DialectServerSettings besides(RunningServer value) {
        return new DialectServerSettings(data, isSecured, limits, dispatch, adapter, alerts, bus, value);
    }

    RunningServer start(MovableClock clock) {
        var identity = isSecured
                ? IdentityConfig.of(new Trust.SharedSecret(DialectServerFixture.SECRET))
                : IdentityConfig.development();
        var config = Config.defaults(data)
                .withLoops(2)
                .withIdentity(identity)
                .withOrders(new OrderSettings("WB", ACCEPT_WITHIN, Duration.ZERO, Duration.ZERO).withDispatch(dispatch))
                .withSocketLimits(limits)
                .withIntegrations(IntegrationSettings.defaults().withAlerts(alerts));
        var machine = Platform.system();
        var platform = new Platform(
                clock, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()), machine.random(), machine.threads());
        var started = new StartedParts();
        var storage = otherNode == null
                ? started.add(StoragePart.open(config, machine))
                : otherNode.parts().storage();
        var node = new NodeId(otherNode == null ? "one" : "two");
        var leases = otherNode == null
                ? new InMemoryLeases(
                        node,
                        () -> TimeUnit.NANOSECONDS.toMillis(machine.nanoTime().getAsLong())) // which does not jump
                : otherNode.leases().of(node);
        var shared = otherNode == null
                ? ClusterPart.ofOneNode(config, platform)
                : otherNode.parts().cluster();
        var cluster = new ClusterPart(
                node,
                shared.presence(),
                shared.liveSockets(),
                shared.capsSockets(),
                shared.connections(),
                shared.socketCounts(),
                shared.subscriptions(),
                leases,
                shared.limiters(),
                positions(node, platform, started),
                adapter,
                Optional.empty());
        var parts = Parts.start(config, platform, storage, cluster, started);
        var sockets = started.add(SocketPart.create(
                parts,
                engine -> engine.withPingInterval(NO_PING).withEnvironment(machine.nanoTime(), machine.random())));
        started.add(() -> sockets.disconnect(Duration.ZERO));
        sockets.start();
        parts.security().authenticator().start();
        var address = sockets.server().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new RunningServer(started, parts, leases, sockets, address);
    }

    private DriverPositions positions(NodeId node, Platform platform, StartedParts started) {
        var own = new InMemoryDriverPositions(DriverPositions.DRIVERS_MAX, limits.speedMax());
        if (bus == null) {
            return own;
        }
        var ports = new ClusterPorts(own, 1, platform.clock());
        started.add(ClusterNode.start(
                node.name(),
                bus.node(),
                ports,
                platform.clock(),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                platform.threads()));
        return ports.driverPositions();
    }
}
