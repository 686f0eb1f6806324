package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import waybill.socketio.AckException;
import waybill.socketio.adapter.SocketDetails;

/// Nodes whose Redis is away, comes back, or has nodes that do not answer.
@Timeout(60)
class RedisAwayTest {

    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(20);

    private final String key = NodeContext.newId();

    @Test
    void nodesGoOnAloneUntilRedisIsBack() throws InterruptedException {
        try (var redis = TestRedis.startOwn();
                var one = TestNode.start(redis, key);
                var two = TestNode.start(redis, key);
                var anna = one.connect("kitchen");
                var bert = two.connect("kitchen")) {
            one.awaitNodes(2);
            one.namespace().emit("before");
            assertThat(bert.next()).isEqualTo("before");
            var healthBefore = one.cluster().health();

            redis.kill();
            one.awaitHealth(false);
            two.awaitHealth(false);
            assertThat(one.cluster().health().since()).isAfterOrEqualTo(healthBefore.since());
            one.namespace().to("kitchen").emit("while away");
            assertThat(anna.eventsUntil("while away")).containsExactly("before");
            assertThat(join(one.namespace().fetchSockets()))
                    .extracting(SocketDetails::id)
                    .containsExactly(anna.id());
            assertThat(join(one.namespace().allRooms())).containsExactlyInAnyOrder("kitchen", anna.id());
            assertThat(join(one.namespace().serverCount())).isEqualTo(1);
            assertThat(join(one.namespace().emitWithAck("ask"))).hasSize(1);
            assertThatThrownBy(() -> join(one.namespace().serverSideEmitWithAck(ACK_TIMEOUT, "hello")))
                    .cause()
                    .isInstanceOf(AckException.class)
                    .hasMessage("the other nodes are not reached");
            assertThat(one.cluster().health().dropped()).isGreaterThan(healthBefore.dropped());

            redis.restart();
            one.awaitHealth(true);
            two.awaitHealth(true);
            one.awaitNodes(2);
            one.namespace().emit("after");
            assertThat(bert.next()).as("what was dropped is not sent later").isEqualTo("after");
            assertThat(join(two.namespace().fetchSockets())).hasSize(2);
        }
    }

    @Test
    void aNodeStartsWithoutRedisAndJoinsTheOthersLater() throws InterruptedException {
        try (var redis = TestRedis.notStarted();
                var one = TestNode.startAlone(redis, key, config -> config);
                var two = TestNode.startAlone(redis, key, config -> config);
                var anna = one.connect("kitchen")) {
            one.namespace().emit("alone");
            assertThat(anna.next()).isEqualTo("alone");
            assertThat(one.cluster().health().connected()).isFalse();
            redis.restart();
            one.awaitHealth(true);
            two.awaitHealth(true);
            two.awaitNodes(2);
            two.namespace().to("kitchen").emit("from two");
            assertThat(anna.next()).isEqualTo("from two");
        }
    }

    @Test
    void whatIsTooMuchIsDroppedAndCounted() {
        try (var redis = TestRedis.start();
                var one = TestNode.start(redis, key, config -> config.withPublishesMax(10, 100_000));
                var two = TestNode.start(redis, key);
                var anna = one.connect();
                var bert = two.connect()) {
            one.awaitNodes(2);
            one.namespace().emit("large", "x".repeat(200_000));
            one.namespace().emit("end");
            assertThat(anna.eventsUntil("end")).hasSize(1);
            assertThat(bert.eventsUntil("end")).isEmpty();
            assertThat(one.cluster().health().dropped()).isEqualTo(1);
        }
    }

    @Test
    void requestsPastTheirLimitAreForThisNodeAlone() {
        try (var redis = TestRedis.start();
                var one = TestNode.start(redis, key, config -> config.withRequestsMax(0));
                var two = TestNode.start(redis, key);
                var anna = one.connect();
                var bert = two.connect()) {
            one.awaitNodes(2);
            assertThat(join(one.namespace().fetchSockets()))
                    .extracting(SocketDetails::id)
                    .containsExactly(anna.id());
            assertThat(join(one.namespace().emitWithAck("ask")))
                    .extracting(answer -> answer.string(0))
                    .containsExactly(anna.id());
            assertThat(join(two.namespace().emitWithAck("ask")))
                    .as("node one sends the event and does not ask for acks")
                    .extracting(answer -> answer.string(0))
                    .containsExactly(bert.id());
            assertThat(anna.next()).isEqualTo("ask");
            assertThat(anna.next()).isEqualTo("ask");
        }
    }

    /// A subscriber that never answers, as a node that was stopped with `kill -STOP`.
    @Test
    void requestsEndWithWhatWasAnswered() {
        try (var redis = TestRedis.start();
                var one = TestNode.start(redis, key);
                var two = TestNode.start(redis, key);
                var anna = one.connect();
                var bert = two.connect();
                var silent = RedisClient.create(RedisURI.create(redis.uri()))) {
            silent.connectPubSub()
                    .sync()
                    .subscribe(Channels.of(key, TestNode.NAMESPACE).requests());
            one.awaitNodes(3);
            assertThat(join(one.namespace().fetchSockets()))
                    .extracting(SocketDetails::id)
                    .containsExactlyInAnyOrder(anna.id(), bert.id());
            assertThatThrownBy(() -> join(one.namespace().emitWithAck("ask")))
                    .cause()
                    .hasMessage("a node did not answer")
                    .isInstanceOfSatisfying(
                            AckException.class,
                            failure -> assertThat(failure.acks()).hasSize(2));
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
