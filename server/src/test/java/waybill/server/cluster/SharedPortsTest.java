package waybill.server.cluster;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import waybill.access.UserId;
import waybill.hub.presence.Presence;
import waybill.hub.presence.PresenceContract;
import waybill.hub.presence.QueueSubscriptionsContract;
import waybill.hub.presence.RateLimitersContract;
import waybill.hub.presence.SocketCounts;
import waybill.hub.presence.SocketCountsContract;
import waybill.hub.presence.UserConnection;
import waybill.hub.presence.UserConnections;
import waybill.hub.presence.UserConnectionsContract;
import waybill.hub.presence.UserSockets;
import waybill.hub.presence.UserSocketsContract;
import waybill.limit.RateLimiters;
import waybill.messaging.QueueSubscriptions;
import waybill.server.cluster.TestNodes.TestNode;

/// The ports that nodes share keep the contracts of those that one node has in memory.
class SharedPortsTest {

    private final TestNodes nodes = new TestNodes();
    private final TestNode one = nodes.add("one");
    private final TestNode two = nodes.add("two");

    private void settleNodes() {
        nodes.pass(2 * ClusterNode.BEAT_MS); // also until they know each other
    }

    @Nested
    class OfPresence implements PresenceContract {

        @Override
        public Presence here() {
            return one.ports.presence();
        }

        @Override
        public Presence there() {
            return two.ports.presence();
        }

        @Override
        public void settle() {
            settleNodes();
        }
    }

    @Nested
    class OfSocketCounts implements SocketCountsContract {

        @Override
        public SocketCounts here() {
            return one.ports.socketCounts();
        }

        @Override
        public SocketCounts there() {
            return two.ports.socketCounts();
        }

        @Override
        public void settle() {
            settleNodes();
        }
    }

    @Nested
    class OfUserSockets implements UserSocketsContract {

        @Override
        public UserSockets here() {
            return one.ports.liveSockets();
        }

        @Override
        public UserSockets there() {
            return two.ports.liveSockets();
        }

        @Override
        public void settle() {
            settleNodes();
        }
    }

    @Nested
    class OfUserConnections implements UserConnectionsContract {

        @Override
        public UserConnections here() {
            return one.ports.connections();
        }

        @Override
        public UserConnections there() {
            return two.ports.connections();
        }

        @Override
        public void add(UserConnections node, UserId user, List<UserConnection> sockets) {
            var ports = node.equals(one.ports.connections()) ? one.ports : two.ports;
            sockets.forEach(_ -> ports.liveSockets().add(user, 0));
            node.add(asked -> asked.equals(user) ? sockets.stream() : Stream.of());
        }

        @Override
        public void settle() {
            settleNodes();
        }
    }

    @Nested
    class OfQueueSubscriptions implements QueueSubscriptionsContract {

        @Override
        public QueueSubscriptions here() {
            return one.ports.subscriptions();
        }

        @Override
        public QueueSubscriptions there() {
            return two.ports.subscriptions();
        }

        @Override
        public void settle() {
            settleNodes();
        }
    }

    @Nested
    class OfRateLimiters implements RateLimitersContract {

        @Override
        public RateLimiters here() {
            return one.ports.rateLimiters();
        }

        @Override
        public RateLimiters there() {
            return two.ports.rateLimiters();
        }

        @Override
        public void settle() {
            settleNodes();
        }

        @Override
        public long nowMs() {
            return nodes.nowMs();
        }
    }
}
