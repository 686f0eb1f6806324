package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.socketio.wire.ServerFixture;

/// What an application sends and finds: its methods on sockets and namespaces, one raw client on the other side.
class SocketEmitTest extends RawClientTest {

    @Test
    void socketsAreFoundByTheirIdsAndHaveTheirOwnRoom() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        assertThat(main.socket(socket.id())).containsSame(socket);
        assertThat(main.sockets()).containsOnlyKeys(socket.id());
        var details = main.fetchSockets().toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS);
        assertThat(details.getFirst().rooms()).containsExactly(socket.id());
        main.onDisconnect((_, _) -> received.add("gone"));
        peer.sendText("41");
        assertThat(next()).isEqualTo("gone");
        assertThat(main.sockets()).isEmpty();
        assertThat(main.socket(socket.id())).isEmpty();
    }

    @Test
    void theEventMessageIsSent() throws Exception {
        var peer = wired.joined();
        socket().send("one", 1);
        main.to(main.sockets().keySet().iterator().next()).send("many");
        assertThat(peer.readFrame().text()).isEqualTo("42[\"message\",\"one\",1]");
        assertThat(peer.readFrame().text()).isEqualTo("42[\"message\",\"many\"]");
    }

    @Test
    void anEventNamedByANumberIsHandled() {
        main.on("7", (_, args, ack) -> ack.send("seven", args.value(0)));
        var peer = wired.joined();
        peer.sendText("421[7,\"a\"]");
        assertThat(peer.readFrame().text()).isEqualTo("431[\"seven\",\"a\"]");
        peer.sendText("422[7.0,\"b\"]");
        assertThat(peer.readFrame().text()).isEqualTo("432[\"seven\",\"b\"]");
    }

    @Test
    void aBroadcastKeepsItsAcksWhenARecipientLeaves() throws Exception {
        var stays = wired.joined();
        socket();
        var leaves = wired.joined();
        socket();
        var answers = main.emitWithAck("vote").toCompletableFuture();
        assertThat(leaves.readFrame().text()).isEqualTo("420[\"vote\"]");
        assertThat(stays.readFrame().text()).isEqualTo("420[\"vote\"]");
        stays.sendText("430[\"yes\"]");
        leaves.sendText("41");
        assertThatThrownBy(() -> answers.get(TIMEOUT_S, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(AckException.class, missing -> {
                    assertThat(missing).hasMessage("disconnected");
                    assertThat(missing.acks()).extracting(Args::values).containsExactly(List.of("yes"));
                });
    }

    @Test
    void tooManyAttachmentsAreRejectedOnEmit() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        var eleven = IntStream.range(0, 11).mapToObj(i -> new byte[] {(byte) i}).toArray();
        for (Runnable emit : List.<Runnable>of(
                () -> socket.emit("x", eleven),
                () -> socket.timeout(Duration.ofSeconds(1)).emitWithAck("x", eleven),
                () -> main.emit("x", eleven),
                () -> main.to("room").emitWithAck("x", List.of(Arrays.asList(eleven))))) {
            assertThatThrownBy(emit::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("attachments: 11 (expected: at most 10, ");
        }
        main.on("ask", (_, _, ack) -> {
            try {
                ack.send(eleven);
            } catch (IllegalArgumentException _) {
                ack.send("too many");
            }
        });
        peer.sendText("421[\"ask\"]");
        assertThat(peer.readFrame().text()).isEqualTo("431[\"too many\"]");
        socket.emit("x", Arrays.copyOf(eleven, 10));
        assertThat(peer.readFrame().text()).startsWith("4510-[\"x\",");
    }

    @Test
    @SuppressWarnings("NullAway") // as an application does that does not check nullness
    void argumentsThatAreNullAreNamed() throws Exception {
        wired.joined();
        var socket = socket();
        assertThatThrownBy(() -> socket.emit("x", (Object[]) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("arguments: null (expected: an array; ");
        assertThatThrownBy(() -> main.emit("x", (Object[]) null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHandshakeIsAValueThatCanBeSent() throws Exception {
        var peer = wired.connected();
        wired.join(peer, "/", "{\"token\":\"t\"}");
        var socket = socket();
        socket.emit("handshake", socket.handshake().toMap());
        assertThat(peer.readFrame().text())
                .startsWith("42[\"handshake\",{\"headers\":{")
                .contains("\"query\":{\"EIO\":\"4\",\"transport\":\"websocket\"},\"auth\":{\"token\":\"t\"}}]");
        assertThat(socket.handshake().headers()).containsKey("host");
        assertThat(socket.handshake().crossDomain()).isFalse();
    }

    @Test
    void aSingleNodeHasNoOtherServers() throws Exception {
        main.onServerSide("hello", (_, _) -> received.add("hello"));
        main.serverSideEmit("hello", 1);
        var answers = main.serverSideEmitWithAck(Duration.ofSeconds(TIMEOUT_S), "hello")
                .toCompletableFuture();
        assertThat(answers.get(TIMEOUT_S, TimeUnit.SECONDS)).isEmpty();
        assertThat(main.serverCount().toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS))
                .isEqualTo(1);
        assertThat(received).isEmpty();
    }

    /// A client that is in as many rooms as it may be keeps no other from joining.
    @Test
    void socketsJoinSkipsSocketsAtTheRoomLimit() throws Exception {
        try (var small =
                new ServerFixture(Config.defaults().withRoomsMax(1).withEngine(engine -> engine.withLoops(1)))) {
            var rooms = new LinkedBlockingQueue<Socket>();
            small.server().of("/").onConnection(rooms::add);
            var all = new ArrayList<Socket>();
            for (int i = 0; i < 3; i++) {
                small.joined();
                all.add(rooms.take());
            }
            for (var full : all.subList(0, 2)) {
                full.join("one").toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS);
            }
            small.server().of("/").socketsJoin("two");
            var two = new CompletableFuture<List<?>>();
            small.server().of("/").in("two").fetchSockets().thenAccept(two::complete);
            assertThat(two.get(TIMEOUT_S, TimeUnit.SECONDS)).hasSize(1);
        }
    }
}
