package waybill.cli.orders;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;

/// Sockets of the official Java client.
final class JavaSocketClients implements SocketClients {

    private static final long ANSWER_WITHIN_SECONDS = 60;
    private static final long RECONNECT_MIN_MS = 100;
    private static final long RECONNECT_MAX_MS = 1_000;

    private final URI hub;
    private final ReceivedEvents received;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<String, Object> acks = new ConcurrentHashMap<>();

    JavaSocketClients(URI hub, ReceivedEvents received) {
        this.hub = hub;
        this.received = received;
    }

    @Override
    public void connect(TestSocket spec) {
        var socket = IO.socket(spec.url(hub), options(spec));
        sockets.put(spec.name(), socket);
        for (var event : new String[] {Socket.EVENT_CONNECT, Socket.EVENT_DISCONNECT, Socket.EVENT_CONNECT_ERROR}) {
            socket.on(event, arguments -> onEvent(spec, event, arguments));
        }
        socket.onAnyIncoming(eventAndArguments -> {
            var arguments = new Object[eventAndArguments.length - 1];
            System.arraycopy(eventAndArguments, 1, arguments, 0, arguments.length);
            onEvent(spec, (String) eventAndArguments[0], arguments);
        });
        socket.connect();
    }

    @Override
    public Object emitWithAck(TestSocket spec, String event, Object... arguments) throws InterruptedException {
        var ackFuture = new CompletableFuture<Object>();
        Ack ack = values -> ackFuture.complete(values.length > 0 ? values[0] : "");
        Objects.requireNonNull(sockets.get(spec.name()), spec.name()).emit(event, arguments, ack);
        return ackFuture.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Emits an event without an ack.
    void emit(TestSocket spec, String event, Object body) {
        Objects.requireNonNull(sockets.get(spec.name()), spec.name()).emit(event, body);
    }

    @Override
    public void ackEvent(TestSocket spec, String event, Object with) {
        acks.put(spec.name() + ' ' + event, with);
    }

    @Override
    public void close() {
        sockets.values().forEach(Socket::close);
    }

    private void onEvent(TestSocket spec, String event, Object[] values) {
        var arguments = new JSONArray();
        for (var argument : values) {
            if (!(argument instanceof Ack)) {
                arguments.put(argument);
            }
        }
        received.record(spec.name(), new ReceivedEvents.ReceivedEvent(event, arguments));
        if (values.length > 0 && values[values.length - 1] instanceof Ack ack) {
            var with = acks.get(spec.name() + ' ' + event);
            ack.call(with == null ? new Object[0] : new Object[] {with});
        }
    }

    private static IO.Options options(TestSocket spec) {
        return IO.Options.builder()
                .setForceNew(true)
                .setTransports(new String[] {"websocket"})
                .setReconnectionDelay(RECONNECT_MIN_MS)
                .setReconnectionDelayMax(RECONNECT_MAX_MS)
                .setAuth(spec.auth())
                .setQuery(spec.queryText())
                .build();
    }
}
