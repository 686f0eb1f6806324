package waybill.socketio.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.client.SocketOptionBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The official Java client against this engine.
class JavaClientTest {

    private static final ClientTestServer PLAYGROUND = ClientTestServer.plain();
    private static final long TIMEOUT_MS = 20_000;

    private final List<Socket> sockets = new ArrayList<>();

    enum TransportMode {
        WEBSOCKET,
        POLLING,
        UPGRADE;

        String[] transports() {
            return switch (this) {
                case WEBSOCKET -> new String[] {"websocket"};
                case POLLING -> new String[] {"polling"};
                case UPGRADE -> new String[] {"polling", "websocket"};
            };
        }
    }

    @AfterEach
    void disconnect() {
        sockets.forEach(Socket::disconnect);
    }

    @AfterAll
    static void stop() {
        PLAYGROUND.close();
    }

    private Socket socket(TransportMode way, String namespace, Map<String, String> auth) {
        var options = SocketOptionBuilder.builder()
                .setForceNew(true)
                .setTransports(way.transports())
                .setAuth(auth)
                .setReconnectionDelay(10)
                .setReconnectionDelayMax(20)
                .build();
        var socket = IO.socket(URI.create("http://127.0.0.1:" + PLAYGROUND.port() + namespace), options);
        sockets.add(socket);
        return socket;
    }

    private Socket connected(TransportMode way, String namespace) throws InterruptedException {
        var socket = socket(way, namespace, Map.of());
        var connected = eventQueue(socket, Socket.EVENT_CONNECT);
        socket.connect();
        next(connected);
        return socket;
    }

    private static LinkedBlockingQueue<Object[]> eventQueue(Socket socket, String event) {
        var queue = new LinkedBlockingQueue<Object[]>();
        socket.on(event, queue::add);
        return queue;
    }

    private static Object[] next(LinkedBlockingQueue<Object[]> queue) throws InterruptedException {
        var args = queue.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        if (args == null) {
            throw new AssertionError("nothing received (expected: an event)");
        }
        return args;
    }

    private static Object[] emitWithAck(Socket socket, String event, Object... args) throws InterruptedException {
        var answers = new LinkedBlockingQueue<Object[]>();
        socket.emit(event, args, (Ack) answers::add);
        return next(answers);
    }

    @ParameterizedTest
    @EnumSource
    void connectsAndSendsItsAuthAlong(TransportMode way) throws Exception {
        var socket = socket(way, "/", Map.of("token", "abc"));
        var connected = eventQueue(socket, Socket.EVENT_CONNECT);
        socket.connect();
        next(connected);
        var seen = (JSONObject) emitWithAck(socket, "handshake")[0];
        assertThat(seen.getJSONObject("auth").getString("token")).isEqualTo("abc");
    }

    @ParameterizedTest
    @EnumSource
    void isRejectedWithTheReason(TransportMode way) throws Exception {
        var socket = socket(way, "/guarded", Map.of("token", "wrong"));
        var refused = eventQueue(socket, Socket.EVENT_CONNECT_ERROR);
        socket.connect();
        var error = (JSONObject) next(refused)[0];
        assertThat(error.getString("message")).isEqualTo("not authorized");
        assertThat(error.getJSONObject("data").getString("code")).isEqualTo("unauthenticated");
    }

    @ParameterizedTest
    @EnumSource
    void textAndBinaryGoBothWays(TransportMode way) throws Exception {
        var socket = connected(way, "/");
        var said = eventQueue(socket, "said");
        socket.emit("say", 1, "å€𝄞", new byte[] {1, 2, -1}, new JSONObject(Map.of("a", List.of(true))));
        var back = next(said);
        assertThat(back[0]).isEqualTo(1);
        assertThat(back[1]).isEqualTo("å€𝄞");
        assertThat((byte[]) back[2]).containsExactly(1, 2, -1);
        assertThat(((JSONObject) back[3]).getJSONArray("a").getBoolean(0)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void acksGoBothWays(TransportMode way) throws Exception {
        var socket = connected(way, "/");
        assertThat(emitWithAck(socket, "echo", 42)).containsExactly(42);
        socket.on("question", args -> ((Ack) args[1]).call((int) args[0] * 2));
        var answer = (JSONObject) emitWithAck(socket, "ask me", "question", TIMEOUT_MS, new JSONArray(List.of(21)))[0];
        assertThat(answer.getInt("answer")).isEqualTo(42);
    }

    @ParameterizedTest
    @EnumSource
    void aRoomReceivesItsBroadcasts(TransportMode way) throws Exception {
        var one = connected(way, "/");
        var two = connected(way, "/");
        var news = eventQueue(one, "news");
        emitWithAck(one, "join", "java-" + way);
        emitWithAck(
                two,
                "tell",
                new JSONObject(Map.of("to", List.of("java-" + way), "event", "news", "args", List.of("hello"))));
        assertThat(next(news)).containsExactly("hello");
    }

    @ParameterizedTest
    @EnumSource
    void aBurstArrivesInOrder(TransportMode way) throws Exception {
        var socket = connected(way, "/");
        var numbers = eventQueue(socket, "number");
        socket.emit("burst", 1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(next(numbers)).containsExactly(i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reconnectsAfterTheServerClosesTheConnection(TransportMode way) throws Exception {
        var socket = connected(way, "/");
        var gone = eventQueue(socket, Socket.EVENT_DISCONNECT);
        var back = eventQueue(socket, Socket.EVENT_CONNECT);
        socket.emit("put me out", true);
        assertThat(Arrays.toString(next(gone))).contains("transport");
        next(back);
        assertThat(emitWithAck(socket, "echo", "again")).containsExactly("again");
    }

    @ParameterizedTest
    @EnumSource
    void isDisconnectedFromItsNamespace(TransportMode way) throws Exception {
        var socket = connected(way, "/store-1");
        assertThat(emitWithAck(socket, "where")).containsExactly("/store-1");
        var main = connected(way, "/");
        var gone = eventQueue(main, Socket.EVENT_DISCONNECT);
        main.emit("put me out", false);
        assertThat(next(gone)).containsExactly("io server disconnect");
    }
}
