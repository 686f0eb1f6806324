package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.caps.CapsTestClient;
import waybill.socketio.Namespace;
import waybill.socketio.SocketServer;
import waybill.socketio.redis.RedisCluster;
import waybill.socketio.redis.RedisConfig;
import waybill.socketio.redis.TestRedis;

/// A hub whose clients another Socket.IO server reaches over Redis, until Redis is killed.
@Timeout(60)
class RedisHubTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void clientsAreReachedFromAnotherServerAndHealthSaysWhetherRedisIs() throws JSONException {
        try (var redis = TestRedis.startOwn();
                var hub = start(redis);
                var cluster = RedisCluster.connect(RedisConfig.of(redis.uri()));
                var client = CapsTestClient.connect(hub.addresses().getFirst(), "")) {
            var other = new SocketServer(waybill.socketio.Config.defaults().withAdapter(cluster));
            awaitNodes(other.of("/caps"));
            other.of("/caps").emit("pickup", Map.of("messageId", "from elsewhere"));
            assertThat(client.nextEvent().text("messageId")).isEqualTo("from elsewhere");
            assertThat(health(hub).getString("redis")).isEqualTo("connected");

            redis.kill();
            JSONObject health;
            do {
                health = health(hub);
            } while (health.getString("redis").equals("connected"));
            assertThat(health.getString("redis")).isEqualTo("not connected");
            assertThat(health.getString("redisSince")).isNotEmpty();
            assertThat(health.getBoolean("ready")).isTrue();
            other.close(Duration.ZERO).toCompletableFuture().join();
        }
    }

    private WaybillServer start(TestRedis redis) {
        return WaybillServer.start(
                Config.defaults(data).withPorts(List.of(0)).withCluster(new ClusterConfig(Optional.of(redis.uri()))));
    }

    private static void awaitNodes(Namespace namespace) {
        for (int count = 0; count < 2; ) {
            count = namespace
                    .serverCount()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static JSONObject health(WaybillServer hub) throws JSONException {
        var port = hub.addresses().getFirst().getPort();
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .build();
            return new JSONObject(
                    http.sendAsync(request, BodyHandlers.ofString()).join().body());
        }
    }
}
