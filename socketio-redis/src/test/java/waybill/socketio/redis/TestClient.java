package waybill.socketio.redis;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.client.SocketOptionBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The official client, whose events a test takes from a queue. It answers what asks for an ack with its own id.
final class TestClient implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 30;

    private final Socket socket;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<@Nullable Void> disconnected = new CompletableFuture<>();

    private TestClient(Socket socket) {
        this.socket = socket;
        socket.on(Socket.EVENT_DISCONNECT, _ -> disconnected.complete(null));
        socket.onAnyIncoming(this::onEvent);
    }

    private void onEvent(Object... args) {
        var words = new ArrayList<String>();
        for (var arg : args) {
            switch (arg) {
                case Ack ack -> ack.call(socket.id());
                case byte[] bytes -> words.add(bytes.length + " bytes");
                case null, default -> words.add(String.valueOf(arg));
            }
        }
        received.add(String.join(" ", words));
    }

    static TestClient connect(int port, String namespace) {
        var options = SocketOptionBuilder.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTransports(new String[] {"websocket"})
                .build();
        var socket = IO.socket(URI.create("http://127.0.0.1:" + port + namespace), options);
        var connected = new CompletableFuture<@Nullable Void>();
        socket.on(Socket.EVENT_CONNECT, _ -> connected.complete(null));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                args -> connected.completeExceptionally(new AssertionError(String.valueOf(args[0]))));
        var client = new TestClient(socket);
        socket.connect();
        connected.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        return client;
    }

    String id() {
        return socket.id();
    }

    /// Emits an event and waits for its ack.
    Object ask(String event, Object... args) {
        var answer = new CompletableFuture<Object>();
        socket.emit(event, args, answers -> answer.complete(answers.length == 0 ? "nothing" : answers[0]));
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    /// What it receives until `last` arrives, which is not among it.
    List<String> eventsUntil(String last) {
        var events = new ArrayList<String>();
        while (true) {
            var event = next();
            if (event.equals(last)) {
                return events;
            }
            events.add(event);
        }
    }

    /// The next event: its name and its arguments.
    String next() {
        try {
            var event = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing received (expected: an event)");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Whether an event of this name arrives soon; others are passed over.
    boolean hasReceived(String name) {
        try {
            for (var event = received.poll(50, TimeUnit.MILLISECONDS);
                    event != null;
                    event = received.poll(50, TimeUnit.MILLISECONDS)) {
                if (event.equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void awaitDisconnect() {
        disconnected.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
