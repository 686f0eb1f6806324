package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// What other servers are known to have got wrong, each as a test of its own, as far as a script cannot express
/// it.
class KnownPitfallsTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final int ROUNDS = 100;

    private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<String> ends = new ConcurrentLinkedQueue<>();
    private final SocketServer server = new SocketServer(Config.defaults().withEngine(engine -> engine.withLoops(2)));
    private final List<RawClient> peers = new ArrayList<>();
    private final int port;

    KnownPitfallsTest() {
        server.of("/").onConnection(sockets::add);
        server.of("/").on("say", (socket, args, _) -> socket.emit("said", args.toArray()));
        server.of("/").onDisconnect((socket, reason) -> ends.add(socket.id() + " " + reason.wireName()));
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterEach
    void stop() {
        peers.forEach(RawClient::close);
        server.close(Duration.ZERO);
    }

    private RawClient connect() {
        var peer = RawClient.connect(port);
        peers.add(peer);
        return peer;
    }

    private RawClient webSocket(String target) {
        var peer = RawClient.openWebSocket(port, target);
        peers.add(peer);
        return peer;
    }

    private static String sid(String open) {
        return open.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
    }

    private static void join(RawClient peer) {
        assertThat(peer.readFrame().text()).startsWith("0{");
        peer.sendText("40");
        assertThat(peer.readFrame().text()).startsWith("40{");
    }

    private Socket awaitSocket() throws InterruptedException {
        var socket = sockets.poll(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS);
        assertThat(socket).as("a socket connects").isNotNull();
        return Objects.requireNonNull(socket);
    }

    /// Polling on one connection, posting on another, probing on a third: with two loops some are always apart.
    @Test
    void aSessionMovesBetweenEventLoopsAndLosesNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            var post = connect();
            if (round % 2 == 0) {
                connect(); // shifts which loop the next connection gets
            }
            var poll = connect();
            var at = POLLING + "&sid=" + sid(post.get(POLLING).body());
            post.post(at, "40");
            assertThat(poll.get(at).body()).startsWith("40{");
            poll.sendRequest("GET", at, "");
            var probe = webSocket(WEBSOCKET + at.substring(POLLING.length()));
            probe.sendText("2probe");
            post.post(at, "42[\"say\",1]\u001e42[\"say\",2]");
            assertThat(probe.readFrame().text()).isEqualTo("3probe");
            post.post(at, "42[\"say\",3]");
            var polled = poll.readResponse(); // a client moves when its polls are back
            assertThat(polled.status()).isEqualTo(200);
            var received = new ArrayList<>(List.of(polled.body().split("\u001e")));
            received.remove("6");
            probe.sendText("5");
            probe.sendText("42[\"say\",4]");
            while (received.size() < 4) {
                received.add(probe.readFrame().text());
            }
            assertThat(received)
                    .containsExactly("42[\"said\",1]", "42[\"said\",2]", "42[\"said\",3]", "42[\"said\",4]");
        }
    }

    @Test
    void aPollIsAnsweredWhenItsSessionIsClosedOnAnotherLoop() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            var post = connect();
            var poll = connect();
            var at = POLLING + "&sid=" + sid(post.get(POLLING).body());
            post.post(at, "40");
            assertThat(poll.get(at).body()).startsWith("40{");
            poll.sendRequest("GET", at, "");
            awaitSocket().disconnect(true);
            assertThat(poll.readResponse().body()).isEqualTo("1");
            assertThat(post.get(at).status()).isEqualTo(400);
        }
    }

    /// The session's own loop is held up, so that a close packet and a poll, both read on the other loop, wait
    /// for it in turn.
    @Test
    void aPollOvertakenByTheCloseIsAnswered() {
        var held = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        server.of("/").on("hold", (_, _, _) -> {
            held.countDown();
            await(goOn);
        });
        var here = connect();
        var there = List.of(connect(), skipALoop(), skipALoop());
        var at = POLLING + "&sid=" + sid(here.get(POLLING).body());
        here.post(at, "40");
        here.sendRequest("POST", at, "42[\"hold\"]");
        await(held);
        there.get(0).sendRequest("POST", at, "1");
        assertThat(there.get(2).get(POLLING + "&sid=unknown").status()).isEqualTo(400);
        there.get(1).sendRequest("GET", at, "");
        assertThat(there.get(2).get(POLLING + "&sid=unknown").status()).isEqualTo(400);
        goOn.countDown();
        assertThat(there.get(0).readResponse().body()).isEqualTo("ok");
        assertThat(there.get(1).readResponse().body()).isEqualTo("6");
        assertThat(there.get(2).get(at).body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    private RawClient skipALoop() {
        connect();
        return connect();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSocketInTwoRoomsReceivesOnce() throws InterruptedException {
        var peer = webSocket(WEBSOCKET);
        join(peer);
        awaitSocket().join("red", "blue").toCompletableFuture().join();
        server.to("red", "blue").to("red").emit("news", 1);
        server.emit("news", 2);
        assertThat(peer.readFrame().text()).isEqualTo("42[\"news\",1]");
        assertThat(peer.readFrame().text()).isEqualTo("42[\"news\",2]");
    }

    @Test
    void aBinaryBroadcastArrivesComplete() {
        var all = IntStream.range(0, 20).mapToObj(_ -> webSocket(WEBSOCKET)).toList();
        all.forEach(KnownPitfallsTest::join);
        server.emit("photo", new byte[] {1, 2}, "and", new byte[] {3});
        server.emit("photo", (Object) new byte[] {4});
        for (var peer : all) {
            assertThat(peer.readFrame().text())
                    .isEqualTo(
                            "452-[\"photo\",{\"_placeholder\":true,\"num\":0},\"and\",{\"_placeholder\":true,\"num\":1}]");
            assertThat(peer.readFrame().bytes()).containsExactly(1, 2);
            assertThat(peer.readFrame().bytes()).containsExactly(3);
            assertThat(peer.readFrame().text()).isEqualTo("451-[\"photo\",{\"_placeholder\":true,\"num\":0}]");
            assertThat(peer.readFrame().bytes()).containsExactly(4);
        }
    }

    @Test
    void twoTabsWithOneCookieAreTwoClients() {
        var cookie = "Cookie: io=abc; other=1";
        var first = connect();
        var second = connect();
        var one = POLLING + "&sid=" + sid(first.get(POLLING, cookie).body());
        var two = POLLING + "&sid=" + sid(second.get(POLLING, cookie).body());
        assertThat(one).isNotEqualTo(two);
        first.post(one, "40", cookie);
        second.post(two, "40", cookie);
        assertThat(first.get(one, cookie).body()).startsWith("40{");
        assertThat(second.get(two, cookie).body()).startsWith("40{");
        first.post(one, "42[\"say\",\"first\"]", cookie);
        second.post(two, "42[\"say\",\"second\"]", cookie);
        assertThat(second.get(two, cookie).body()).isEqualTo("42[\"said\",\"second\"]");
        assertThat(first.get(one, cookie).body()).isEqualTo("42[\"said\",\"first\"]");
    }

    @Test
    void eventsAfterADisconnectAreIgnored() throws InterruptedException {
        var received = new ConcurrentLinkedQueue<String>();
        server.of("/").on("late", (_, args, _) -> received.add(args.toString()));
        var peer = webSocket(WEBSOCKET);
        join(peer);
        awaitSocket().disconnect(false);
        peer.sendText("42[\"late\",1]");
        assertThat(peer.readFrame().text()).isEqualTo("41");
        peer.sendText("42[\"late\",2]");
        peer.sendText("40");
        assertThat(peer.readFrame().text()).startsWith("40{");
        assertThat(received).isEmpty();
        assertThat(ends).hasSize(1).first().asString().endsWith("server namespace disconnect");
    }

    @Test
    void aFullPollLeavesTheRestForTheNext() {
        var peer = connect();
        var at = POLLING + "&sid=" + sid(peer.get(POLLING).body());
        peer.post(at, "40");
        assertThat(peer.get(at).body()).startsWith("40{");
        var filler = "x".repeat(300_000);
        var expected = IntStream.range(0, 10)
                .mapToObj(n -> "42[\"said\"," + n + ",\"" + filler + "\"]")
                .toList();
        for (int n = 0; n < 10; n++) {
            peer.post(at, "42[\"say\"," + n + ",\"" + filler + "\"]");
        }
        var received = new ArrayList<String>();
        int polls = 0;
        for (; received.size() < 10; polls++) {
            received.addAll(List.of(peer.get(at).body().split("\u001e")));
        }
        assertThat(received).isEqualTo(expected);
        assertThat(polls).as("polls").isGreaterThan(1);
    }

    @Test
    void aDisconnectedPollingClientReceivesEarlierEvents() throws InterruptedException {
        var peer = connect();
        var at = POLLING + "&sid=" + sid(peer.get(POLLING).body());
        peer.post(at, "40");
        assertThat(peer.get(at).body()).startsWith("40{");
        var socket = awaitSocket();
        var filler = "x".repeat(300_000);
        for (int n = 0; n < 10; n++) {
            socket.emit("news", n, filler);
        }
        socket.disconnect(true);
        var received = new ArrayList<String>();
        for (int polls = 0; polls < 10 && !received.contains("1"); polls++) {
            received.addAll(List.of(peer.get(at).body().split("\u001e")));
        }
        assertThat(received).hasSize(11).endsWith("1");
        assertThat(received.subList(0, 10)).allMatch(one -> one.startsWith("42[\"news\","));
        assertThat(peer.get(at).status()).isEqualTo(400);
    }

    @Test
    void aDisconnectedWebSocketClientReceivesQueuedEvents() {
        var filler = "x".repeat(9_000);
        server.of("/").on("flood", (socket, _, _) -> {
            for (int n = 0; n < 100; n++) {
                socket.emit("news", n, filler);
            }
            socket.disconnect(true);
        });
        var peer = webSocket(WEBSOCKET);
        join(peer);
        peer.sendText("42[\"flood\"]");
        for (int n = 0; n < 100; n++) {
            assertThat(peer.readFrame().text()).startsWith("42[\"news\"," + n + ",");
        }
        assertThat(peer.readCloseCode()).isEqualTo(1000);
    }
}
