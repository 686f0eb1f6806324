package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.AckException;
import waybill.socketio.Args;
import waybill.socketio.Config;
import waybill.socketio.EventHandler;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// What an application hears of its sockets and does with them, one raw client on the other side.
class HandlersTest {

    private static final long PATIENCE_S = 30;

    private final Wired wired = new Wired(Config.defaults().withEngine(engine -> engine.withLoops(2)));
    private final Namespace main = wired.server().of("/");
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    HandlersTest() {
        main.onConnection(sockets::add);
        main.on("ping", (_, _, ack) -> ack.send("pong"));
    }

    @AfterEach
    void stop() {
        wired.close();
    }

    private Socket socket() throws InterruptedException {
        var socket = sockets.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    private @Nullable Object next() throws InterruptedException {
        return heard.poll(PATIENCE_S, TimeUnit.SECONDS);
    }

    /// The connection lives, and all that was said before has been handled.
    private static void assertLives(Peer peer) {
        peer.text("427[\"ping\"]");
        assertThat(peer.hear().text()).isEqualTo("437[\"pong\"]");
    }

    @Test
    void aFilterThatFailsRefusesTheEventAndTheConnectionLives() {
        main.filter((_, event, _, _) -> {
            if (event.equals("bad")) {
                throw new IllegalStateException("as the test wants it");
            }
            return true;
        });
        main.on("bad", (_, _, _) -> heard.add("bad"));
        var peer = wired.joined();
        peer.text("42[\"bad\"]");
        assertLives(peer);
        assertThat(heard).isEmpty();
    }

    @Test
    void aFilterOfASocketThatFailsRefusesTheEventAndTheConnectionLives() throws Exception {
        main.on("bad", (_, _, _) -> heard.add("bad"));
        var peer = wired.joined();
        socket().use((event, _, _) -> {
            if (event.equals("bad")) {
                throw new AssertionError("as the test wants it");
            }
            return true;
        });
        peer.text("42[\"bad\"]");
        assertLives(peer);
        assertThat(heard).isEmpty();
    }

    @Test
    void aCatchAllHandlerThatFailsHarmsNoOther() throws Exception {
        main.on("said", (_, args, _) -> heard.add(String.valueOf(args.string(0))));
        var peer = wired.joined();
        var socket = socket();
        socket.onAny((_, _) -> {
            throw new IllegalStateException("as the test wants it");
        });
        socket.onAnyOutgoing((_, _) -> {
            throw new IllegalStateException("as the test wants it");
        });
        peer.text("42[\"said\",\"x\"]");
        assertLives(peer);
        assertThat(next()).isEqualTo("x");
        socket.emit("hello");
        assertThat(peer.hear().text()).isEqualTo("42[\"hello\"]");
    }

    @Test
    void catchAllHandlersAreAddedInFrontAndRemoved() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        socket.onAny((event, args) -> heard.add("second " + event + args.values()));
        socket.prependAny((event, _) -> heard.add("first " + event));
        peer.text("42[\"a\",1]");
        assertLives(peer);
        assertThat(heard).containsExactly("first a", "second a[1]", "first ping", "second ping[]");
        heard.clear();
        socket.offAny();
        assertLives(peer);
        assertThat(heard).isEmpty();
    }

    @Test
    void whatIsSentIsHeardWhetherToOneOrToMany() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        socket.join("room").toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        socket.onAnyOutgoing((event, args) -> heard.add(event + args.values()));
        socket.prependAnyOutgoing((event, _) -> heard.add("first " + event));
        socket.emit("one", 1);
        main.to("room").emit("many", 2);
        main.to("elsewhere").emit("others");
        assertThat(List.of(peer.hear().text(), peer.hear().text())).containsExactly("42[\"one\",1]", "42[\"many\",2]");
        assertThat(List.of(heard.take(), heard.take(), heard.take(), heard.take()))
                .containsExactly("first one", "one[1]", "first many", "many[2]");
        socket.offAnyOutgoing();
        main.emit("unheard");
        assertThat(peer.hear().text()).isEqualTo("42[\"unheard\"]");
        assertLives(peer);
        assertThat(heard).isEmpty();
    }

    @Test
    void aHandlerForOnceHearsOneEvent() throws Exception {
        var peer = wired.joined();
        socket().once("once", (args, _) -> heard.add(String.valueOf(args.value(0))));
        peer.text("42[\"once\",1]");
        peer.text("42[\"once\",2]");
        assertLives(peer);
        assertThat(heard).containsExactly("1");
    }

    @Test
    void handlersAreRemoved() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        EventHandler mine = (_, _) -> heard.add("mine");
        EventHandler other = (_, _) -> heard.add("other");
        socket.on("a", mine);
        socket.on("a", other);
        socket.off("a", mine);
        peer.text("42[\"a\"]");
        assertLives(peer);
        assertThat(heard).containsExactly("other");
        socket.off("a");
        socket.on("b", mine);
        socket.onDisconnect(reason -> heard.add(reason.words()));
        socket.removeAllListeners();
        Namespace.SocketEventHandler shared = (_, _, _) -> heard.add("shared");
        main.on("c", shared);
        main.off("c", shared);
        peer.text("42[\"a\"]");
        peer.text("42[\"b\"]");
        peer.text("42[\"c\"]");
        assertLives(peer);
        assertThat(heard).containsExactly("other");
    }

    @Test
    void aSocketThatGoesIsStillInItsRoomsWhenItIsAboutTo() throws Exception {
        main.onDisconnecting((socket, reason) -> {
            heard.add(socket.rooms());
            heard.add(reason.words());
            socket.disconnect(true);
        });
        main.onDisconnect((socket, _) -> heard.add(socket.rooms()));
        var peer = wired.joined();
        var socket = socket();
        socket.onDisconnecting(_ -> heard.add(socket.connected()));
        socket.join("order-1").toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        peer.text("41");
        assertThat(next()).isEqualTo(Set.of(socket.id(), "order-1"));
        assertThat(next()).isEqualTo("client namespace disconnect");
        assertThat(next()).isEqualTo(true);
        assertThat(next()).isEqualTo(Set.of());
        assertThat(heard).isEmpty();
    }

    @Test
    void socketsAreFoundByTheirIdsAndHaveTheirOwnRoom() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        assertThat(main.socket(socket.id())).containsSame(socket);
        assertThat(main.sockets()).containsOnlyKeys(socket.id());
        var details = main.fetchSockets().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(details.getFirst().rooms()).containsExactly(socket.id());
        main.onDisconnect((_, _) -> heard.add("gone"));
        peer.text("41");
        assertThat(next()).isEqualTo("gone");
        assertThat(main.sockets()).isEmpty();
        assertThat(main.socket(socket.id())).isEmpty();
    }

    @Test
    void theEventMessageIsSent() throws Exception {
        var peer = wired.joined();
        socket().send("one", 1);
        main.to(main.sockets().keySet().iterator().next()).send("many");
        assertThat(peer.hear().text()).isEqualTo("42[\"message\",\"one\",1]");
        assertThat(peer.hear().text()).isEqualTo("42[\"message\",\"many\"]");
    }

    @Test
    void anEventNamedByANumberIsHandled() {
        main.on("7", (_, args, ack) -> ack.send("seven", args.value(0)));
        var peer = wired.joined();
        peer.text("421[7,\"a\"]");
        assertThat(peer.hear().text()).isEqualTo("431[\"seven\",\"a\"]");
        peer.text("422[7.0,\"b\"]");
        assertThat(peer.hear().text()).isEqualTo("432[\"seven\",\"b\"]");
    }

    @Test
    void aBroadcastsAnswersAreThereWhenAReceiverHasLeft() throws Exception {
        var stays = wired.joined();
        socket();
        var leaves = wired.joined();
        socket();
        var answers = main.emitWithAck("vote").toCompletableFuture();
        assertThat(leaves.hear().text()).isEqualTo("420[\"vote\"]");
        assertThat(stays.hear().text()).isEqualTo("420[\"vote\"]");
        stays.text("430[\"yes\"]");
        leaves.text("41");
        assertThatThrownBy(() -> answers.get(PATIENCE_S, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(AckException.class, missing -> {
                    assertThat(missing).hasMessage("disconnected");
                    assertThat(missing.answers()).extracting(Args::values).containsExactly(List.of("yes"));
                });
    }

    @Test
    void moreAttachmentsThanClientsTakeAreRefusedWhereTheyAreEmitted() throws Exception {
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
        peer.text("421[\"ask\"]");
        assertThat(peer.hear().text()).isEqualTo("431[\"too many\"]");
        socket.emit("x", Arrays.copyOf(eleven, 10));
        assertThat(peer.hear().text()).startsWith("4510-[\"x\",");
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
        assertThat(peer.hear().text())
                .startsWith("42[\"handshake\",{\"headers\":{")
                .contains("\"query\":{\"EIO\":\"4\",\"transport\":\"websocket\"},\"auth\":{\"token\":\"t\"}}]");
        assertThat(socket.handshake().headers()).containsKey("host");
        assertThat(socket.handshake().crossDomain()).isFalse();
    }

    @Test
    void oneNodeAloneTellsNoOther() throws Exception {
        main.onServerSide("hello", (_, _) -> heard.add("hello"));
        main.serverSideEmit("hello", 1);
        var answers = main.serverSideEmitWithAck(Duration.ofSeconds(PATIENCE_S), "hello")
                .toCompletableFuture();
        assertThat(answers.get(PATIENCE_S, TimeUnit.SECONDS)).isEmpty();
        assertThat(main.serverCount().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS))
                .isEqualTo(1);
        assertThat(heard).isEmpty();
    }

    /// A client that is in as many rooms as it may be keeps no other from joining.
    @Test
    void socketsJoinReachesAllWhoMayJoin() throws Exception {
        try (var small = new Wired(Config.defaults().withRoomsMax(1).withEngine(engine -> engine.withLoops(1)))) {
            var rooms = new LinkedBlockingQueue<Socket>();
            small.server().of("/").onConnection(rooms::add);
            var all = new ArrayList<Socket>();
            for (int i = 0; i < 3; i++) {
                small.joined();
                all.add(rooms.take());
            }
            for (var full : all.subList(0, 2)) {
                full.join("one").toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
            }
            small.server().of("/").socketsJoin("two");
            var two = new CompletableFuture<List<?>>();
            small.server().of("/").in("two").fetchSockets().thenAccept(two::complete);
            assertThat(two.get(PATIENCE_S, TimeUnit.SECONDS)).hasSize(1);
        }
    }
}
