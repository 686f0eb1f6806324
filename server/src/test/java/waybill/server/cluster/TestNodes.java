package waybill.server.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.tracking.DriverTrackState;

/// Nodes in one thread that hear each other at once, by a clock that the test moves.
final class TestNodes {

    static final long START_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private final List<TestNode> nodes = new ArrayList<>();
    private long elapsedMs;

    /// A node, and its line to the others, which the test may cut.
    static final class TestNode {

        final String name;
        final ClusterPorts ports;
        final Map<String, Consumer<byte[]>> listeners = new ConcurrentHashMap<>();
        boolean isConnected = true;
        boolean isPaused;
        int lostMessages; // so many of the next ones are lost on their way to this node
        private final List<Runnable> unread = new ArrayList<>();
        private final ClusterNode node;

        private TestNode(String name, TestNodes all) {
            this.name = name;
            var clock = (InstantSource) () -> Instant.ofEpochMilli(START_MS + all.elapsedMs);
            ports = new ClusterPorts(new InMemoryDriverPositions(1_000, DriverTrackState.SPEED_MAX), 2, clock);
            node = new ClusterNode(name, all.busOf(this), ports, clock, () -> all.elapsedMs);
        }

        int peerCount() {
            return node.peerCount();
        }

        boolean isSilent() {
            return node.silentSince().isPresent();
        }

        void close() {
            node.close();
            isPaused = true;
        }

        private void receive(String channel, byte[] message) {
            if (isPaused) {
                unread.add(() -> receive(channel, message));
            } else if (isConnected && lostMessages > 0) {
                lostMessages--;
            } else if (isConnected && listeners.containsKey(channel)) {
                listeners.get(channel).accept(message);
            }
        }

        /// Goes on after a pause, and reads what has come meanwhile.
        void resume() {
            isPaused = false;
            var all = List.copyOf(unread);
            unread.clear();
            all.forEach(Runnable::run);
        }
    }

    TestNode add(String name) {
        var node = new TestNode(name, this);
        nodes.add(node);
        return node;
    }

    long nowMs() {
        return START_MS + elapsedMs;
    }

    /// Time passes, and every node publishes as often as it does.
    void pass(long ms) {
        for (var passed = 0L; passed < ms; passed += ClusterNode.FLUSH_MS) {
            elapsedMs += ClusterNode.FLUSH_MS;
            for (var node : nodes) {
                if (!node.isPaused) {
                    node.node.runDue();
                }
            }
        }
    }

    private NodeBus busOf(TestNode node) {
        return new NodeBus(
                () -> node.isConnected,
                (channel, message) -> {
                    if (node.isConnected) {
                        List.copyOf(nodes).forEach(each -> each.receive(channel, message));
                    }
                },
                node.listeners::put);
    }
}
