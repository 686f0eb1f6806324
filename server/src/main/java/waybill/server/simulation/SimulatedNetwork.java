package waybill.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The network between the clients and the hub. Each connection delays what is sent over it by times of its own, so
/// that what different connections send arrives in another order than it was sent.
final class SimulatedNetwork {

    private static final long LATENCY_MAX_NANOS = 40_000_000;

    /// How long bytes of a connection that has stalled are on their way: its client has long connected again.
    private static final long STALL_NANOS = 9_000_000_000L;

    private final EventQueue events;
    private final SplittableRandom random;
    private final List<Connection> connections = new ArrayList<>();
    private boolean isFaulty;
    private int connected;

    SimulatedNetwork(EventQueue events, SplittableRandom random) {
        this.events = events;
        this.random = random;
    }

    /// The client's end.
    interface Receiver {
        void onBytes(byte[] bytes);

        void onClosed();
    }

    /// From here on connections break and stall, or no longer.
    void setFaulty(boolean value) {
        isFaulty = value;
    }

    /// Connects a client to the hub.
    Connection connect(HubNode hub, Receiver client) {
        var connection = new Connection(hub, client, random.split(), connected++);
        connections.add(connection);
        return connection;
    }

    /// The hub's process has died: its machine resets all connections.
    void resetAll(HubNode hub) {
        var own = connections.stream().filter(one -> one.hub.equals(hub)).toList();
        own.forEach(Connection::reset);
        connections.removeAll(own);
    }

    /// One connection.
    final class Connection {

        private final HubNode hub;
        private final Receiver client;
        private final SplittableRandom own;
        private final String toHubLabel;
        private final String toClientLabel;
        private final SimulatedChannel channel;
        private long hubTurnNanos; // when the last bytes to the hub arrive
        private long clientTurnNanos;
        private boolean isBroken;
        private boolean isClosedForClient;

        Connection(HubNode hub, Receiver client, SplittableRandom own, int number) {
            channel = hub.accept(this::fromHub, this::closedByHub);
            this.hub = hub;
            this.client = client;
            this.own = own;
            toHubLabel = "to hub " + number;
            toClientLabel = "to client " + number;
        }

        /// The client sends bytes.
        void send(byte[] bytes) {
            if (isBroken || isBreaking()) {
                return;
            }
            hubTurnNanos = turn(hubTurnNanos);
            events.at(hubTurnNanos, toHubLabel, () -> {
                if (!isBroken) {
                    channel.receive(bytes);
                }
            });
        }

        private void fromHub(byte[] bytes) {
            if (isBroken || isBreaking()) {
                return;
            }
            clientTurnNanos = turn(clientTurnNanos);
            events.at(clientTurnNanos, toClientLabel, () -> {
                if (!isBroken && !isClosedForClient) {
                    client.onBytes(bytes);
                }
            });
        }

        /// When what is sent now arrives: not before what was sent earlier on the same connection.
        private long turn(long earlierNanos) {
            var latency = own.nextLong(LATENCY_MAX_NANOS);
            if (isFaulty && own.nextInt(150) == 0) {
                latency += STALL_NANOS;
            }
            return Math.max(earlierNanos, events.nowNanos() + latency);
        }

        private boolean isBreaking() {
            if (isFaulty && own.nextInt(120) == 0) {
                reset();
            }
            return isBroken;
        }

        /// Loses what is on its way in both directions; both ends learn of it later.
        void reset() {
            if (isBroken) {
                return;
            }
            isBroken = true;
            channel.reset();
            events.after(own.nextLong(LATENCY_MAX_NANOS), toClientLabel, this::closeForClient);
        }

        /// The client closes its end: what it has sent before still arrives.
        void close() {
            isClosedForClient = true;
            hubTurnNanos = turn(hubTurnNanos);
            events.at(hubTurnNanos, toHubLabel, () -> channel.reset());
        }

        private void closedByHub() {
            if (!isBroken) {
                clientTurnNanos = turn(clientTurnNanos);
                events.at(clientTurnNanos, toClientLabel, this::closeForClient);
            }
        }

        private void closeForClient() {
            if (!isClosedForClient) {
                isClosedForClient = true;
                client.onClosed();
            }
        }
    }
}
