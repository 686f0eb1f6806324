package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.OrderCommand;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;
import waybill.socketio.redis.RedisCluster;
import waybill.socketio.redis.RedisConfig;
import waybill.socketio.redis.TestRedis;

/// Two nodes in one process, on one store, whose sockets a broadcast reaches over Redis.
@Timeout(60)
class TwoNodesOverRedisTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final String key = UUID.randomUUID().toString();

    @Test
    void positionsGoToTheSocketsOfBothNodesAndEventsOfTheLogArriveOnce() {
        try (var redis = TestRedis.start();
                var clusterOfOne = cluster(redis);
                var clusterOfTwo = cluster(redis);
                var clusterOfTest = cluster(redis);
                var one = DialectServerFixture.node(data, clusterOfOne);
                var two = one.otherNode(clusterOfTwo)) {
            var test = new SocketServer(Config.defaults().withAdapter(clusterOfTest));
            awaitNodes(test, "/realtime");
            awaitNodes(test, "/marketplace");

            var here = one.connect("/realtime", ANNA);
            var there = two.connect("/realtime", ANNA);
            var placed = one.place(ANNA, "acme");
            two.execute(placed, new OrderCommand.Accept(), SHOP);
            for (var anna : new LiveTestClient[] {here, there}) {
                assertThat(anna.nextEvent("order:status_update").text("status")).isEqualTo("pending");
                assertThat(anna.nextEvent("order:status_update").text("status")).isEqualTo("accepted");
            }

            var carried = one.placeInTransit(KARI);
            one.awaitRelay();
            two.awaitRelay();
            there.emitWithAck("subscribe:order", json("orderId", carried.id().toString()));
            one.connect("/marketplace", KARI).emitWithAck("driver:location_update", json("lat", 59.92, "lng", 10.75));
            assertThat(there.nextEvent("driver:location_update").payload().optDouble("latitude"))
                    .isEqualTo(59.92);
            test.close(Duration.ZERO).toCompletableFuture().join();
        }
    }

    /// The other node has no session of the client, which asks for one as a client does that reconnects.
    @Test
    void aClientThatReconnectsToTheOtherNodeIsSentWhatItMissedFromTheLog() {
        try (var redis = TestRedis.start();
                var clusterOfOne = cluster(redis);
                var clusterOfTwo = cluster(redis);
                var one = DialectServerFixture.node(data, clusterOfOne);
                var two = one.otherNode(clusterOfTwo)) {
            var placed = one.place(ANNA, "acme");
            var anna = one.connect("/realtime", ANNA);
            var seen = anna.nextEvent("order:status_update").payload().optLong("eventId");
            one.disconnect(anna, ANNA);
            two.execute(one.execute(placed, new OrderCommand.Accept(), SHOP), new OrderCommand.MarkReady(), SHOP);
            two.awaitRelay();
            var session = Map.of("token", two.token(ANNA), "pid", "of node one", "offset", "of node one");
            assertThat(statuses(two.connect("/realtime", session, "")))
                    .as("at least what it missed")
                    .endsWith("accepted", "ready_for_pickup");
            var back = two.connect("/realtime", with(session, "since", String.valueOf(seen)), "");
            assertThat(statuses(back)).containsExactly("accepted", "ready_for_pickup");
        }
    }

    private static Map<String, String> with(Map<String, String> auth, String name, String value) {
        var all = new HashMap<>(auth);
        all.put(name, value);
        return all;
    }

    private static List<String> statuses(LiveTestClient client) {
        var statuses = new ArrayList<String>();
        while (!statuses.contains("ready_for_pickup")) {
            statuses.add(client.nextEvent("order:status_update").text("status"));
        }
        return statuses;
    }

    private RedisCluster cluster(TestRedis redis) {
        return RedisCluster.connect(RedisConfig.of(redis.uri()).withKey(key));
    }

    /// Waits until both nodes and the server of the test hear each other.
    private static void awaitNodes(SocketServer server, String namespace) {
        for (int count = 0; count < 3; ) {
            count = server.of(namespace)
                    .serverCount()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }
    }
}
