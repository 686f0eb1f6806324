package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import waybill.socketio.wire.RawClient;

/// The handlers of an application, one raw client on the other side.
class SocketHandlersTest extends RawClientTest {

    SocketHandlersTest() {
        main.on("ping", (_, _, ack) -> ack.send("pong"));
    }

    /// The connection lives, and all that was sent before has been handled.
    private static void assertConnected(RawClient peer) {
        peer.sendText("427[\"ping\"]");
        assertThat(peer.readFrame().text()).isEqualTo("437[\"pong\"]");
    }

    @Test
    void aFailingNamespaceFilterRejectsTheEventOnly() {
        main.filter((_, event, _, _) -> {
            if (event.equals("bad")) {
                throw new IllegalStateException("as the test wants it");
            }
            return true;
        });
        main.on("bad", (_, _, _) -> received.add("bad"));
        var peer = wired.joined();
        peer.sendText("42[\"bad\"]");
        assertConnected(peer);
        assertThat(received).isEmpty();
    }

    @Test
    void aFailingSocketFilterRejectsTheEventOnly() throws Exception {
        main.on("bad", (_, _, _) -> received.add("bad"));
        var peer = wired.joined();
        socket().use((event, _, _) -> {
            if (event.equals("bad")) {
                throw new AssertionError("as the test wants it");
            }
            return true;
        });
        peer.sendText("42[\"bad\"]");
        assertConnected(peer);
        assertThat(received).isEmpty();
    }

    @Test
    void aFailingCatchAllHandlerDoesNotAffectOthers() throws Exception {
        main.on("said", (_, args, _) -> received.add(String.valueOf(args.string(0))));
        var peer = wired.joined();
        var socket = socket();
        socket.onAny((_, _) -> {
            throw new IllegalStateException("as the test wants it");
        });
        socket.onAnyOutgoing((_, _) -> {
            throw new IllegalStateException("as the test wants it");
        });
        peer.sendText("42[\"said\",\"x\"]");
        assertConnected(peer);
        assertThat(next()).isEqualTo("x");
        socket.emit("hello");
        assertThat(peer.readFrame().text()).isEqualTo("42[\"hello\"]");
    }

    @Test
    void catchAllHandlersAreAddedInFrontAndRemoved() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        socket.onAny((event, args) -> received.add("second " + event + args.values()));
        socket.prependAny((event, _) -> received.add("first " + event));
        peer.sendText("42[\"a\",1]");
        assertConnected(peer);
        assertThat(received).containsExactly("first a", "second a[1]", "first ping", "second ping[]");
        received.clear();
        socket.offAny();
        assertConnected(peer);
        assertThat(received).isEmpty();
    }

    @Test
    void outgoingHandlersSeeDirectAndBroadcastEvents() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        socket.join("room").toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS);
        socket.onAnyOutgoing((event, args) -> received.add(event + args.values()));
        socket.prependAnyOutgoing((event, _) -> received.add("first " + event));
        socket.emit("one", 1);
        main.to("room").emit("many", 2);
        main.to("elsewhere").emit("others");
        assertThat(List.of(peer.readFrame().text(), peer.readFrame().text()))
                .containsExactly("42[\"one\",1]", "42[\"many\",2]");
        assertThat(List.of(received.take(), received.take(), received.take(), received.take()))
                .containsExactly("first one", "one[1]", "first many", "many[2]");
        socket.offAnyOutgoing();
        main.emit("unheard");
        assertThat(peer.readFrame().text()).isEqualTo("42[\"unheard\"]");
        assertConnected(peer);
        assertThat(received).isEmpty();
    }

    @Test
    void aOnceHandlerReceivesOneEvent() throws Exception {
        var peer = wired.joined();
        socket().once("once", (args, _) -> received.add(String.valueOf(args.value(0))));
        peer.sendText("42[\"once\",1]");
        peer.sendText("42[\"once\",2]");
        assertConnected(peer);
        assertThat(received).containsExactly("1");
    }

    @Test
    void handlersAreRemoved() throws Exception {
        var peer = wired.joined();
        var socket = socket();
        EventHandler mine = (_, _) -> received.add("mine");
        EventHandler other = (_, _) -> received.add("other");
        socket.on("a", mine);
        socket.on("a", other);
        socket.off("a", mine);
        peer.sendText("42[\"a\"]");
        assertConnected(peer);
        assertThat(received).containsExactly("other");
        socket.off("a");
        socket.on("b", mine);
        socket.onDisconnect(reason -> received.add(reason.wireName()));
        socket.removeAllListeners();
        Namespace.SocketEventHandler shared = (_, _, _) -> received.add("shared");
        main.on("c", shared);
        main.off("c", shared);
        peer.sendText("42[\"a\"]");
        peer.sendText("42[\"b\"]");
        peer.sendText("42[\"c\"]");
        assertConnected(peer);
        assertThat(received).containsExactly("other");
    }

    @Test
    void aDisconnectingSocketIsStillInItsRooms() throws Exception {
        main.onDisconnecting((socket, reason) -> {
            received.add(socket.rooms());
            received.add(reason.wireName());
            socket.disconnect(true);
        });
        main.onDisconnect((socket, _) -> received.add(socket.rooms()));
        var peer = wired.joined();
        var socket = socket();
        socket.onDisconnecting(_ -> received.add(socket.connected()));
        socket.join("order-1").toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS);
        peer.sendText("41");
        assertThat(next()).isEqualTo(Set.of(socket.id(), "order-1"));
        assertThat(next()).isEqualTo("client namespace disconnect");
        assertThat(next()).isEqualTo(true);
        assertThat(next()).isEqualTo(Set.of());
        assertThat(received).isEmpty();
    }
}
