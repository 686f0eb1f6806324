package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import waybill.socketio.AckException;
import waybill.socketio.Args;
import waybill.socketio.adapter.SocketDetails;

/// Three nodes in one process, each with one client.
@Timeout(60)
class RedisAdapterTest {

    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    private final String key = NodeContext.newId();

    @SuppressWarnings("NullAway.Init")
    private TestNode one;

    @SuppressWarnings("NullAway.Init")
    private TestNode two;

    @SuppressWarnings("NullAway.Init")
    private TestNode three;

    @SuppressWarnings("NullAway.Init")
    private TestClient anna;

    @SuppressWarnings("NullAway.Init")
    private TestClient bert;

    @SuppressWarnings("NullAway.Init")
    private TestClient carl;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        one = TestNode.start(redis, key);
        two = TestNode.start(redis, key);
        three = TestNode.start(redis, key);
        one.awaitNodes(3);
        anna = one.connect("kitchen");
        bert = two.connect("kitchen", "cellar");
        carl = three.connect("cellar");
    }

    @AfterEach
    void stop() {
        anna.close();
        bert.close();
        carl.close();
        one.close();
        two.close();
        three.close();
    }

    @Test
    void aBroadcastReachesTheSocketsOfAllNodesOnce() {
        one.namespace().emit("to all", 1, new byte[3]);
        one.namespace().to("kitchen").emit("to kitchen");
        one.namespace().to("kitchen", "cellar").emit("to both");
        one.namespace().to("kitchen").except("cellar").emit("to kitchen alone");
        one.namespace().to(carl.id()).emit("to carl");
        one.namespace().local().emit("on one");
        one.namespace().volatile_().emit("volatile");
        one.namespace().emit("end");
        assertThat(anna.eventsUntil("end"))
                .containsExactly("to all 1 3 bytes", "to kitchen", "to both", "to kitchen alone", "on one", "volatile");
        assertThat(bert.eventsUntil("end")).containsExactly("to all 1 3 bytes", "to kitchen", "to both", "volatile");
        assertThat(carl.eventsUntil("end")).containsExactly("to all 1 3 bytes", "to both", "to carl", "volatile");
    }

    @Test
    void anotherNamespaceAndAnotherKeyAreApart() {
        try (var other = TestNode.start(redis, key + "2")) {
            other.awaitNodes(1);
            other.namespace().emit("from another key");
            one.namespace().emit("end");
            assertThat(bert.eventsUntil("end")).isEmpty();
        }
    }

    @Test
    void socketsOfAllNodesAreFetched() {
        assertThat(join(one.namespace().fetchSockets()))
                .extracting(SocketDetails::id)
                .containsExactlyInAnyOrder(anna.id(), bert.id(), carl.id());
        var inCellar = join(one.namespace().in("cellar").fetchSockets());
        assertThat(inCellar).extracting(SocketDetails::id).containsExactlyInAnyOrder(bert.id(), carl.id());
        assertThat(inCellar)
                .filteredOn(socket -> socket.id().equals(bert.id()))
                .singleElement()
                .satisfies(socket -> {
                    assertThat(socket.rooms()).containsExactlyInAnyOrder(bert.id(), "kitchen", "cellar");
                    assertThat(socket.handshake()).containsKeys("address", "headers", "query");
                });
        assertThat(join(one.namespace().local().fetchSockets()))
                .extracting(SocketDetails::id)
                .containsExactly(anna.id());
    }

    @Test
    void roomsOfAllNodesAreListed() {
        assertThat(join(two.namespace().allRooms()))
                .containsExactlyInAnyOrder("kitchen", "cellar", anna.id(), bert.id(), carl.id());
    }

    @Test
    void socketsOfOtherNodesJoinAndLeaveRooms() {
        one.namespace().in("cellar").socketsJoin("roof", "garden");
        one.namespace().in(bert.id()).socketsLeave("garden");
        one.namespace().local().socketsJoin("attic");
        one.namespace().to("roof").emit("to roof");
        one.namespace().to("garden").emit("to garden");
        one.namespace().to("attic").emit("to attic");
        one.namespace().emit("end");
        assertThat(anna.eventsUntil("end")).containsExactly("to attic");
        assertThat(bert.eventsUntil("end")).containsExactly("to roof");
        assertThat(carl.eventsUntil("end")).containsExactly("to roof", "to garden");
    }

    @Test
    void socketsOfOtherNodesAreDisconnected() {
        one.namespace().except("kitchen").disconnectSockets(true);
        carl.awaitDisconnect();
        assertThat(join(one.namespace().fetchSockets()))
                .extracting(SocketDetails::id)
                .containsExactlyInAnyOrder(anna.id(), bert.id());
    }

    @Test
    void acksOfAllNodesAreGathered() {
        assertThat(answers(one.namespace().timeout(ACK_TIMEOUT).emitWithAck("ask")))
                .containsExactlyInAnyOrder(anna.id(), bert.id(), carl.id());
        assertThat(answers(one.namespace().to("cellar").emitWithAck("ask")))
                .containsExactlyInAnyOrder(bert.id(), carl.id());
        assertThat(answers(one.namespace().to("nowhere").emitWithAck("ask"))).isEmpty();
        assertThat(answers(one.namespace().local().emitWithAck("ask"))).containsExactly(anna.id());
    }

    @Test
    void anEventIsSentToTheOtherNodes() throws InterruptedException {
        var heard = new LinkedBlockingQueue<String>();
        for (var node : List.of(one, two, three)) {
            node.namespace().onServerSide("hello", (args, _) -> heard.add(args.string(0) + " " + args.json(1)));
        }
        one.namespace().serverSideEmit("hello", "anna", List.of(1));
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("anna [1]");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("anna [1]");
        one.namespace().serverSideEmit("hello", "bert", 2);
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("bert 2");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("bert 2");
        assertThat(join(one.namespace().fetchSockets())).as("is answered later").hasSize(3);
        assertThat(heard).isEmpty();
    }

    @Test
    void theAnswersOfTheOtherNodesAreGathered() {
        two.namespace().onServerSide("count", (_, ack) -> ack.send(2));
        three.namespace().onServerSide("count", (args, ack) -> ack.send(args.longInteger(0)));
        assertThat(join(one.namespace().serverSideEmitWithAck(ACK_TIMEOUT, "count", 3)))
                .extracting(answer -> answer.longInteger(0))
                .containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotWaitedForLongerThanTheTimeout() {
        two.namespace().onServerSide("count", (_, ack) -> ack.send(2));
        assertThatThrownBy(() -> join(one.namespace().serverSideEmitWithAck(ACK_TIMEOUT, "count")))
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessage("a node did not answer")
                .isInstanceOfSatisfying(
                        AckException.class,
                        failure -> assertThat(failure.acks())
                                .extracting(answer -> answer.longInteger(0))
                                .containsExactly(2L));
    }

    @Test
    void aNodeThatHasLeftIsNotWaitedFor() {
        three.close();
        one.awaitNodes(2);
        assertThat(join(one.namespace().fetchSockets())).hasSize(2);
        assertThat(answers(one.namespace().emitWithAck("ask"))).containsExactlyInAnyOrder(anna.id(), bert.id());
    }

    private static List<Object> answers(CompletionStage<List<Args>> acks) {
        return join(acks).stream()
                .map(answer -> (Object) String.valueOf(answer.string(0)))
                .toList();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
