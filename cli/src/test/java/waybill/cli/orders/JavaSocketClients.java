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
    private final Map<String, Object> answers = new ConcurrentHashMap<>();

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
        socket.onAnyIncoming(said -> {
            var arguments = new Object[said.length - 1];
            System.arraycopy(said, 1, arguments, 0, arguments.length);
            onEvent(spec, (String) said[0], arguments);
        });
        socket.connect();
    }

    @Override
    public Object emitWithAck(TestSocket spec, String event, Object... arguments) throws InterruptedException {
        var answer = new CompletableFuture<Object>();
        Ack ack = said -> answer.complete(said.length > 0 ? said[0] : "");
        Objects.requireNonNull(sockets.get(spec.name()), spec.name()).emit(event, arguments, ack);
        return answer.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Says something and asks for no answer.
    void emit(TestSocket spec, String event, Object body) {
        Objects.requireNonNull(sockets.get(spec.name()), spec.name()).emit(event, body);
    }

    @Override
    public void ackEvent(TestSocket spec, String event, Object with) {
        answers.put(spec.name() + ' ' + event, with);
    }

    @Override
    public void close() {
        sockets.values().forEach(Socket::close);
    }

    private void onEvent(TestSocket spec, String event, Object[] said) {
        var arguments = new JSONArray();
        for (var argument : said) {
            if (!(argument instanceof Ack)) {
                arguments.put(argument);
            }
        }
        received.record(spec.name(), new ReceivedEvents.ReceivedEvent(event, arguments));
        if (said.length > 0 && said[said.length - 1] instanceof Ack ack) {
            var with = answers.get(spec.name() + ' ' + event);
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
