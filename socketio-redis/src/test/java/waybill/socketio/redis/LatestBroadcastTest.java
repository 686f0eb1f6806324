package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Broadcasts of which only the newest is needed, on three nodes in one process.
@Timeout(60)
class LatestBroadcastTest {

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    private static final String KEY = NodeContext.newId();

    @SuppressWarnings("NullAway.Init")
    private static TestNode one;

    @SuppressWarnings("NullAway.Init")
    private static TestNode two;

    @SuppressWarnings("NullAway.Init")
    private static TestNode three;

    @SuppressWarnings("NullAway.Init")
    private static TestClient bert;

    @SuppressWarnings("NullAway.Init")
    private static TestClient carl;

    @BeforeAll
    static void start() {
        redis = TestRedis.startOwn();
        one = TestNode.start(redis, KEY);
        two = TestNode.start(redis, KEY);
        three = TestNode.start(redis, KEY);
        bert = two.connect("kitchen", "roof");
        carl = three.connect("cellar", "roof");
    }

    @AfterAll
    static void stop() {
        bert.close();
        carl.close();
        one.close();
        two.close();
        three.close();
        redis.close();
    }

    @BeforeEach
    void awaitInterest() {
        awaitLatest("kitchen", bert);
        awaitLatest("cellar", carl);
        awaitLatest("roof", carl);
        bert.eventsUntil("roof is reached");
        while (one.cluster().latest().hasOtherServers(TestNode.NAMESPACE)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Emits until the room's member on another node receives it: the node has heard then that there is one.
    private static void awaitLatest(String room, TestClient client) {
        do {
            one.namespace().to(room).latest("").emit("hello");
        } while (!client.hasReceived("hello"));
        one.namespace().to(room).latest("").emit(room + " is reached");
        client.eventsUntil(room + " is reached");
    }

    @Test
    void theNodesWithMembersOfTheRoomsReceiveItOnceAndTheOthersNothing() {
        var before = one.cluster().latest().publishedCount();
        one.namespace().to("attic").latest("driver 7").emit("to nobody");
        one.namespace().to("kitchen", "attic").latest("driver 7").emit("to kitchen");
        assertThat(bert.next()).isEqualTo("to kitchen");
        assertThat(one.cluster().latest().publishedCount() - before).isEqualTo(1);
        one.namespace().to("kitchen", "cellar", "roof").latest("driver 7").emit("to both");
        assertThat(bert.next()).isEqualTo("to both");
        assertThat(carl.next()).isEqualTo("to both");
        one.namespace().to("roof").except("kitchen").latest("driver 7").emit("to carl");
        one.namespace().to(bert.id()).latest("driver 7").emit("to bert");
        one.namespace().latest("driver 8").emit("to all");
        assertThat(List.of(bert.next(), bert.next())).containsExactlyInAnyOrder("to bert", "to all");
        assertThat(List.of(carl.next(), carl.next())).containsExactlyInAnyOrder("to carl", "to all");
    }

    @Test
    void theNewestOfAKeyIsSentAndManyKeysInOneMessage() {
        var before = one.cluster().latest().publishedCount();
        for (var number = 0; number <= 1_000; number++) {
            for (var driver = 0; driver < 5; driver++) {
                one.namespace().to("kitchen").latest("driver " + driver).emit("position", driver, number);
            }
        }
        one.namespace().to("kitchen").latest("end").emit("end");
        var received = bert.eventsUntil("end");
        while (received.stream().filter(event -> event.endsWith(" 1000")).count() < 5) {
            received.add(bert.next());
        }
        assertThat(received).hasSizeLessThan(2_500).contains("position 0 1000", "position 4 1000");
        assertThat(one.cluster().latest().publishedCount() - before).isLessThan(500);
    }

    @Test
    void anotherTargetOfTheSameKeyIsAnother() {
        one.namespace().to("roof").except("kitchen").latest("driver 7").emit("exact");
        one.namespace().to("roof").except("cellar").latest("driver 7").emit("rounded");
        assertThat(bert.next()).isEqualTo("rounded");
        assertThat(carl.next()).isEqualTo("exact");
    }

    @Test
    void aServerOnNodeJsReceivesItAndOurNodesReceiveItOnce() throws IOException, InterruptedException {
        try (var theirs = NodePeer.start(redis, KEY);
                var dora = TestClient.connect(theirs.port(), TestNode.NAMESPACE)) {
            while (!one.cluster().latest().hasOtherServers(TestNode.NAMESPACE)) {
                LockSupport.parkNanos(1_000_000);
            }
            one.namespace().latest("driver 7").emit("latest");
            assertThat(dora.next()).isEqualTo("latest");
            assertThat(bert.next()).isEqualTo("latest");
            theirs.run("ns.emit('end')");
            assertThat(bert.eventsUntil("end")).isEmpty();
        }
    }

    @Test
    void positionsResumeWhenRedisIsBack() throws InterruptedException {
        redis.kill();
        one.awaitHealth(false);
        var dropped = one.cluster().health().dropped();
        one.namespace().to("kitchen").latest("driver 7").emit("lost");
        assertThat(one.cluster().health().dropped()).isGreaterThan(dropped);
        redis.restart();
        awaitLatest("kitchen", bert);
    }
}
