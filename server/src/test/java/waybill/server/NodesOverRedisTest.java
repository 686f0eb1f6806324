package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.caps.CapsTestClient;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.ApiTestClient.Answer;
import waybill.socketio.redis.RedisConfig;
import waybill.socketio.redis.TestRedis;

/// What two nodes of one hub know of each other over Redis, until Redis is killed, and after it is back.
@Timeout(60)
class NodesOverRedisTest {

    private static final String ADMIN = "admin:root";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    @SuppressWarnings("NullAway.Init")
    private static TwoNodes nodes;

    @SuppressWarnings("NullAway.Init")
    private static ApiTestClient one;

    @SuppressWarnings("NullAway.Init")
    private static ApiTestClient two;

    @BeforeAll
    static void start() {
        redis = TestRedis.startOwn();
        nodes = TwoNodes.overRedis(data, RedisConfig.of(redis.uri()));
        one = ApiTestClient.of(nodes.one().addresses().getFirst());
        two = ApiTestClient.of(nodes.two().addresses().getFirst());
        awaitMet();
    }

    private static void awaitMet() {
        for (var node : new ApiTestClient[] {one, two}) {
            node.getUntil(
                    ADMIN,
                    "/health",
                    health -> health.body().path("otherNodes").asInt() == 1
                            && health.text("status").equals("up"));
        }
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        nodes.close();
        redis.close();
    }

    @Test
    void aDriverThatReportsToOneNodeIsNearbyOnTheOtherAlsoAfterRedisWasKilled() {
        report("kari", 59.911);
        awaitNearby(two, near -> near.equals("[kari]"));
        redis.kill();
        for (var node : new ApiTestClient[] {one, two}) {
            var health = node.getUntil(
                    ADMIN, "/health", answer -> answer.text("status").equals("degraded"));
            assertThat(health.text("redis")).isEqualTo("not connected");
            assertThat(health.body().path("ready").asBoolean()).isTrue();
        }
        report("ola", 59.912);
        assertThat(nearby(one)).isEqualTo("[kari, ola]");
        assertThat(nearby(two)).as("what it knows").isEqualTo("[kari]");
        redis.restart();
        awaitMet();
        awaitNearby(two, near -> near.equals("[kari, ola]"));
    }

    private static void report(String driver, double latitude) {
        one.post(
                        "driver:" + driver,
                        "/api/v1/drivers/me/location",
                        "{\"latitude\": " + latitude + ", \"longitude\": 10.75}")
                .is(200);
    }

    private static String nearby(ApiTestClient node) {
        return drivers(node.get(ADMIN, NEARBY).is(200));
    }

    private static void awaitNearby(ApiTestClient node, Predicate<String> expected) {
        node.getUntil(ADMIN, NEARBY, answer -> expected.test(drivers(answer)));
    }

    private static final String NEARBY = "/api/v1/drivers/nearby?lat=59.91&lng=10.75&radius=5000";

    private static String drivers(Answer answer) {
        return String.valueOf(ApiTestClient.ids(answer, "drivers", "driverId"));
    }

    @Test
    void queuesShowTheSubscribersOfBothNodes() throws JSONException {
        try (var here = CapsTestClient.connect(nodes.one().addresses().getFirst(), "");
                var there = CapsTestClient.connect(nodes.two().addresses().getFirst(), "")) {
            for (var client : new CapsTestClient[] {here, there}) {
                client.emitWithAck("subscribe", json("clientId", "florist", "event", "delivered"));
            }
            for (var node : new ApiTestClient[] {one, two}) {
                node.getUntil(ADMIN, "/api/v1/queues?store=florist", answer -> subscribers(answer) == 2);
            }
        }
        one.getUntil(ADMIN, "/api/v1/queues?store=florist", answer -> subscribers(answer) == 0);
    }

    private static int subscribers(Answer queues) {
        return queues.body().path("queues").path(0).path("subscribers").size();
    }

    @Test
    void anAnonymousDriverKeepsItsParcelWhileItIsConnectedToTheOtherNode() throws JSONException {
        var vendor = CapsTestClient.connect(nodes.one().addresses().getFirst(), "");
        var holder = CapsTestClient.connect(nodes.two().addresses().getFirst(), "");
        var other = CapsTestClient.connect(nodes.one().addresses().getFirst(), "");
        vendor.emitWithAck("pickup", parcel());
        assertThat(holder.emitWithAck("in-transit", parcel()).getBoolean("ok")).isTrue();
        assertThat(other.emitWithAck("in-transit", parcel())
                        .getJSONObject("error")
                        .getString("code"))
                .isEqualTo("conflict");
        holder.close();
        while (!other.emitWithAck("in-transit", parcel()).getBoolean("ok")) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        vendor.close();
        other.close();
    }

    private static JSONObject parcel() {
        return json("clientId", "acme", "messageId", "m1", "order", json("customer", "Jane"));
    }

    @Test
    void aUserIsConnectedOnWhicheverNodeItsSocketIs() {
        try (var _ =
                CapsTestClient.connect(nodes.two().addresses().getFirst(), "token=" + two.token("merchant:bakery"))) {
            one.getUntil(
                    ADMIN,
                    "/api/v1/users/bakery/presence",
                    answer -> answer.body().path("connections").size() == 1);
        }
        one.getUntil(
                ADMIN,
                "/api/v1/users/bakery/presence",
                answer -> !answer.body().path("connected").asBoolean());
    }

    @Test
    void aPinIsNotFoundByTryingOnAnotherNode() throws JSONException {
        var order = TwoNodesOfRestTest.placeInTransit(one);
        for (var tried = 0; tried < 5; tried++) {
            TwoNodesOfRestTest.prove(one, order, "no PIN").isProblem(400, "invalid");
        }
        try (var client = CapsTestClient.connect(nodes.one().addresses().getFirst(), "")) {
            client.emitWithAck("subscribe", json("clientId", "after the tries", "event", "delivered"));
            two.getUntil(ADMIN, "/api/v1/queues?store=after%20the%20tries", answer -> subscribers(answer) == 1);
        }
        TwoNodesOfRestTest.prove(two, order, "no PIN").isProblem(429, "rate_limited");
    }
}
