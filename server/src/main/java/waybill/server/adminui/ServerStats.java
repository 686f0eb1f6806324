package waybill.server.adminui;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Namespace;
import waybill.socketio.SocketServer;
import waybill.socketio.Traffic;

/// The figures of this node, of all its connections. Belongs to the thread of the [AdminFeed].
final class ServerStats {

    private static final long SECOND_MS = 1_000;

    private final String node;
    private final SocketServer server;
    private final LongSupplier elapsedMs;
    private final InstantSource clock;
    private final long startedMs;
    private @Nullable String hostname; // looking it up may take a while
    private Traffic last;

    /// @param elapsedMs milliseconds since some moment
    ServerStats(String node, SocketServer server, LongSupplier elapsedMs, InstantSource clock) {
        this.node = node;
        this.server = server;
        this.elapsedMs = elapsedMs;
        this.clock = clock;
        startedMs = elapsedMs.getAsLong();
        last = server.traffic();
    }

    /// What happens from now on belongs to the next figures.
    void skip() {
        last = server.traffic();
    }

    Map<String, @Nullable Object> next(Iterable<Namespace> namespaces) {
        var stats = new LinkedHashMap<String, @Nullable Object>();
        stats.put("serverId", node);
        stats.put("hostname", hostname());
        stats.put("pid", ProcessHandle.current().pid());
        stats.put("uptime", (elapsedMs.getAsLong() - startedMs) / (double) SECOND_MS);
        stats.put("clientsCount", server.connectionCount());
        stats.put("pollingClientsCount", server.pollingCount());
        stats.put("aggregatedEvents", aggregated());
        var counts = new ArrayList<Map<String, Object>>();
        namespaces.forEach(
                namespace -> counts.add(Map.of("name", namespace.name(), "socketsCount", namespace.socketCount())));
        stats.put("namespaces", counts);
        return stats;
    }

    private List<Map<String, Object>> aggregated() {
        var now = server.traffic();
        var before = last;
        last = now;
        var events = new ArrayList<Map<String, Object>>();
        add(events, "rawConnection", now.opened() - before.opened());
        add(events, "rawDisconnection", now.closed() - before.closed());
        add(events, "packetsIn", now.packetsReceived() - before.packetsReceived());
        add(events, "bytesIn", now.bytesReceived() - before.bytesReceived());
        add(events, "packetsOut", now.packetsSent() - before.packetsSent());
        add(events, "bytesOut", now.bytesSent() - before.bytesSent());
        return events;
    }

    private void add(List<Map<String, Object>> events, String type, long count) {
        if (count > 0) {
            var second = Instant.ofEpochSecond(clock.instant().getEpochSecond());
            events.add(Map.of("timestamp", second.toEpochMilli(), "type", type, "count", count));
        }
    }

    private String hostname() {
        var known = hostname;
        if (known == null) {
            known = localHost();
            hostname = known;
        }
        return known;
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }
}
