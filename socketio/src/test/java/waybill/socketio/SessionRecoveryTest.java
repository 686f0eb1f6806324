package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.wire.RawClient;

/// What an application stands on that sends from a log of its own what a client missed: sessions that are recovered
/// without packets, and what a client has received.
class SessionRecoveryTest {

    private static final Pattern GREETING = Pattern.compile("40\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final SocketServer server = new SocketServer(Config.defaults().withRecovery(RecoveryConfig.sessionsOnly()));
    private final LinkedBlockingQueue<Socket> connected = new LinkedBlockingQueue<>();
    private final int port;

    SessionRecoveryTest() {
        server.of("/").onConnection(connected::add);
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterEach
    void stop() {
        server.close(Duration.ZERO);
    }

    private record Greeting(String sid, String pid) {
        static Greeting of(String text) {
            var found = GREETING.matcher(text);
            assertThat(found.matches()).as(text).isTrue();
            return new Greeting(found.group(1), found.group(2));
        }
    }

    private RawClient connect() {
        var peer = RawClient.openWebSocket(port, WEBSOCKET);
        assertThat(peer.readFrame().text()).startsWith("0{");
        return peer;
    }

    private Socket next() throws InterruptedException {
        var socket = connected.poll(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    @Test
    void aSessionsOnlyRecoveryRestoresIdAndData() throws InterruptedException {
        Greeting first;
        try (var peer = connect()) {
            peer.sendText("40");
            first = Greeting.of(peer.readFrame().text());
            var socket = next();
            socket.data("its data");
            socket.join("kitchen").toCompletableFuture().join();
            server.of("/").to("kitchen").emit("said", "once");
            assertThat(peer.readFrame().text()).isEqualTo("42[\"said\",\"once\"]"); // and no offset behind it
        }
        try (var peer = connect()) {
            peer.sendText("40{\"pid\":\"" + first.pid() + "\",\"offset\":\"17\"}");
            assertThat(Greeting.of(peer.readFrame().text())).isEqualTo(first);
            var socket = next();
            assertThat(socket.recovered()).isTrue();
            assertThat(socket.data()).isEqualTo("its data");
            server.of("/").to("kitchen").emit("said", "again");
            server.of("/").emit("said", "to all");
            assertThat(peer.readFrame().text()).isEqualTo("42[\"said\",\"to all\"]");
        }
    }

    @Test
    void aMiddlewareMayDiscardTheRecovery() throws InterruptedException {
        server.of("/").use((socket, next) -> {
            if (socket.data() instanceof String) {
                socket.discardRecovery();
            }
            next.proceed();
        });
        Greeting first;
        try (var peer = connect()) {
            peer.sendText("40");
            first = Greeting.of(peer.readFrame().text());
            next().data("of another one");
        }
        try (var peer = connect()) {
            peer.sendText("40{\"pid\":\"" + first.pid() + "\"}");
            var second = Greeting.of(peer.readFrame().text());
            assertThat(second.sid()).isNotEqualTo(first.sid());
            assertThat(second.pid()).isNotEqualTo(first.pid());
            var socket = next();
            assertThat(socket.recovered()).isFalse();
            assertThat(socket.data()).isNull();
        }
        try (var peer = connect()) {
            peer.sendText("40{\"pid\":\"" + first.pid() + "\"}");
            assertThat(Greeting.of(peer.readFrame().text()).pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void deliveryIsConfirmedByAPong() throws InterruptedException {
        try (var peer = connect()) {
            peer.sendText("40");
            peer.readFrame();
            var socket = next();
            server.of("/").emit("said");
            var received = new CompletableFuture<Void>();
            server.of("/").all().forEachLocal(one -> one.whenReceived().thenRun(() -> received.complete(null)));
            assertThat(peer.readFrame().text()).isEqualTo("42[\"said\"]");
            var ping = peer.readFrame();
            assertThat(ping.opcode()).isEqualTo(RawClient.PING);
            assertThat(received).isNotDone();
            peer.sendFrame(0x80 | RawClient.PONG, new byte[8], true); // one that the client sends unasked
            peer.sendFrame(0x80 | RawClient.PONG, ping.bytes(), true);
            received.orTimeout(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS).join();
            assertThat(socket.connected()).isTrue();
        }
    }

    @Test
    void deliveryIsConfirmedByTheNextPoll() throws InterruptedException {
        try (var peer = RawClient.connect(port)) {
            var opened = peer.get(POLLING).body();
            var sid = opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            var target = POLLING + "&sid=" + sid;
            assertThat(peer.post(target, "40").body()).isEqualTo("ok");
            assertThat(peer.get(target).body()).startsWith("40{");
            var socket = next();
            socket.emit("said");
            var received = socket.whenReceived().toCompletableFuture();
            assertThat(peer.get(target).body()).isEqualTo("42[\"said\"]");
            assertThat(received).isNotDone();
            peer.sendRequest("GET", target, "");
            received.orTimeout(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS).join();
        }
    }
}
