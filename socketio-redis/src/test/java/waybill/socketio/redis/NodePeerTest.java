package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import waybill.socketio.adapter.SocketDetails;

/// Our node beside a server on Node.js with `@socket.io/redis-adapter`, and `@socket.io/redis-emitter`.
@Timeout(120)
class NodePeerTest {

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    private final String key = NodeContext.newId();

    @SuppressWarnings("NullAway.Init")
    private TestNode ours;

    @SuppressWarnings("NullAway.Init")
    private NodePeer theirs;

    @SuppressWarnings("NullAway.Init")
    private TestClient anna;

    @SuppressWarnings("NullAway.Init")
    private TestClient bert;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        ours = TestNode.start(redis, key);
        theirs = NodePeer.start(redis, key);
        ours.awaitNodes(2);
        anna = ours.connect("kitchen");
        bert = TestClient.connect(theirs.port(), TestNode.NAMESPACE);
        bert.ask("join", "kitchen");
    }

    @AfterEach
    void stop() {
        anna.close();
        bert.close();
        theirs.close();
        ours.close();
    }

    @Test
    void theEmitterReachesOurSockets() {
        theirs.run(
                "emitter.emit('to all', 1, 'two', { three: [null] }, Buffer.from('four'))",
                "emitter.to('kitchen').emit('to kitchen')",
                "emitter.to('nowhere').emit('to nowhere')",
                "emitter.except('kitchen').emit('to others')",
                "emitter.in('kitchen').socketsJoin('roof')",
                "emitter.to('roof').volatile.emit('to roof')",
                "emitter.in('roof').socketsLeave('roof')",
                "emitter.to('roof').emit('to roof again')",
                "emitter.emit('end')");
        assertThat(anna.eventsUntil("end"))
                .containsExactly("to all 1 two {\"three\":[null]} 4 bytes", "to kitchen", "to roof");
        assertThat(bert.eventsUntil("end"))
                .as("as on the other server")
                .containsExactly("to all 1 two {\"three\":[null]} 4 bytes", "to kitchen", "to roof");
        theirs.run("emitter.disconnectSockets(true)");
        anna.awaitDisconnect();
        bert.awaitDisconnect();
    }

    @Test
    void broadcastsGoBothWays() {
        ours.namespace().emit("to all", 1, new byte[3]);
        ours.namespace().to("kitchen").except(anna.id()).emit("to bert");
        awaitWritable();
        assertThat(bert.eventsUntil("ask 1")).containsExactly("to all 1 3 bytes", "to bert");
        ours.namespace().latest("driver 7").emit("latest");
        ours.namespace().in(bert.id()).socketsJoin("roof");
        ours.namespace().to("roof").emit("to roof");
        ours.namespace().emit("end");
        assertThat(bert.eventsUntil("end")).containsExactly("latest", "to roof");
        theirs.run("ns.to('kitchen').emit('from node', [1.5])", "ns.local.emit('on node')", "ns.emit('end')");
        anna.eventsUntil("end");
        assertThat(anna.eventsUntil("end")).containsExactly("from node [1.5]");
    }

    /// The newest of a key is volatile on their server, which drops it for a client that it is still writing to. A
    /// client
    /// that has answered has been written to.
    private void awaitWritable() {
        join(ours.namespace().timeout(Duration.ofSeconds(20)).emitWithAck("ask", 1));
    }

    @Test
    void acksAreGatheredBothWays() {
        assertThat(join(ours.namespace().timeout(Duration.ofSeconds(20)).emitWithAck("ask", 1)))
                .extracting(answer -> answer.string(0))
                .containsExactlyInAnyOrder(anna.id(), bert.id());
        assertThat(theirs.evaluate("ns.timeout(20000).emitWithAck('ask', 1).then((ids) => ids.sort())"))
                .isEqualTo(sorted(anna.id(), bert.id()));
    }

    @Test
    void socketsAndRoomsAreFetchedBothWays() {
        assertThat(theirs.evaluate("ns.fetchSockets().then((all) => all.map((one) => one.id).sort())"))
                .isEqualTo(sorted(anna.id(), bert.id()));
        assertThat(theirs.evaluate("ns.fetchSockets().then((all) => all.find((one) => one.id === '" + anna.id()
                        + "').handshake.address)"))
                .isEqualTo("\"127.0.0.1\"");
        assertThat(theirs.evaluate(
                        "ns.adapter.allRooms().then((all) => [...all].filter((one) => one === 'kitchen' || one === '"
                                + anna.id() + "').length)"))
                .isEqualTo("2");
        var found = join(ours.namespace().fetchSockets());
        assertThat(found).extracting(SocketDetails::id).containsExactlyInAnyOrder(anna.id(), bert.id());
        assertThat(found)
                .filteredOn(socket -> socket.id().equals(bert.id()))
                .singleElement()
                .satisfies(socket -> {
                    assertThat(socket.data()).isEqualTo(Map.of("home", "node"));
                    assertThat(socket.rooms()).contains("kitchen");
                    assertThat(socket.handshake()).containsEntry("address", "127.0.0.1");
                });
        assertThat(join(ours.namespace().allRooms())).contains("kitchen", anna.id(), bert.id());
        assertThat(theirs.evaluate("ns.adapter.serverCount()")).isEqualTo("2");
    }

    @Test
    void serversSendEventsToEachOther() throws InterruptedException {
        var heard = new LinkedBlockingQueue<String>();
        ours.namespace().onServerSide("hello", (args, ack) -> {
            heard.add(args.toString());
            ack.send("ours heard " + args.string(0));
        });
        assertThat(join(ours.namespace().serverSideEmitWithAck(Duration.ofSeconds(20), "hello", "from ours")))
                .extracting(answer -> answer.string(0))
                .containsExactly("node heard from ours");
        assertThat(theirs.evaluate("ns.serverSideEmitWithAck('hello', 'from node')"))
                .isEqualTo("[\"ours heard from node\"]");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("[\"hello\",\"from node\"]");
        theirs.run("emitter.serverSideEmit('hello', 'from the emitter', 2)");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("[\"hello\",\"from the emitter\",2]");
        ours.namespace().serverSideEmit("hello", "binary", new byte[] {1});
        assertThat(theirs.evaluate("ns.fetchSockets().then(() => heard.map((args) => args[0]))"))
                .isEqualTo("[\"from ours\",\"from the emitter\",\"binary\"]");
    }

    @Test
    void whatIsAskedWhileAServerIsKilledEndsWithTheOthersAnswers() throws IOException, InterruptedException {
        CompletionStage<List<SocketDetails>> sockets;
        try (var _ = NodePeer.start(redis, key)) {
            ours.awaitNodes(3);
            sockets = ours.namespace().fetchSockets();
        }
        assertThat(join(sockets)).extracting(SocketDetails::id).containsExactlyInAnyOrder(anna.id(), bert.id());
        ours.awaitNodes(2);
        assertThat(join(ours.namespace().emitWithAck("ask"))).hasSize(2);
    }

    private static String sorted(String... ids) {
        return List.of(ids).stream()
                .sorted()
                .map(id -> '"' + id + '"')
                .toList()
                .toString()
                .replace(", ", ",");
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
