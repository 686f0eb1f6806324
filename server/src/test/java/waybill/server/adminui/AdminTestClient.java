package waybill.server.adminui;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.json.JSONArray;
import org.json.JSONObject;

/// The official client, with all arguments of the events that it receives.
final class AdminTestClient implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;

    /// A received event.
    record Received(String event, List<Object> args) {

        JSONObject json() {
            return (JSONObject) args.getFirst();
        }
    }

    private final Socket socket;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final List<String> texts = new ArrayList<>();

    private AdminTestClient(String url, Map<String, String> auth, String query, Map<String, List<String>> headers) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(auth)
                .setQuery(query)
                .setTransports(new String[] {"websocket"})
                .setExtraHeaders(headers)
                .build();
        socket = IO.socket(URI.create(url), options);
        for (var event : List.of(Socket.EVENT_CONNECT, Socket.EVENT_CONNECT_ERROR, Socket.EVENT_DISCONNECT)) {
            socket.on(event, args -> received.add(new Received(event, List.of(args))));
        }
        socket.onAnyIncoming(args -> {
            synchronized (texts) {
                texts.add(Arrays.toString(args));
            }
            received.add(new Received((String) args[0], List.of(args).subList(1, args.length)));
        });
        socket.connect();
    }

    /// Connects; what becomes of it is the first event.
    static AdminTestClient open(String url, Map<String, String> auth) {
        return open(url, auth, "", Map.of());
    }

    static AdminTestClient open(String url, Map<String, String> auth, String query, Map<String, List<String>> headers) {
        return new AdminTestClient(url, auth, query, headers);
    }

    /// Connects, and waits until it has.
    static AdminTestClient connect(String url, Map<String, String> auth) {
        return open(url, auth).awaitConnect();
    }

    AdminTestClient awaitConnect() {
        next(Socket.EVENT_CONNECT);
        return this;
    }

    String id() {
        return socket.id();
    }

    /// The next event; those before it are skipped.
    Received next(String event) {
        return next(event, _ -> true);
    }

    /// The next event whose arguments match; those before it are skipped.
    Received next(String event, Predicate<List<Object>> matches) {
        var skipped = new ArrayList<String>();
        try {
            while (true) {
                var next = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError(event + ": not received, but " + skipped);
                }
                if (next.event().equals(event) && matches.test(next.args())) {
                    return next;
                }
                skipped.add(next.toString());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The message with which the connection was refused.
    String refusal() {
        var error = next(Socket.EVENT_CONNECT_ERROR).args().getFirst();
        return error instanceof JSONObject json ? json.optString("message") : String.valueOf(error);
    }

    /// The ack of an event.
    JSONObject ask(String event, Object... args) {
        var answer = new CompletableFuture<JSONObject>();
        socket.emit(event, args, (Ack) values -> answer.complete((JSONObject) values[0]));
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    void emit(String event, Object... args) {
        socket.emit(event, args);
    }

    /// All events so far, as text.
    String transcript() {
        synchronized (texts) {
            return String.join("\n", texts);
        }
    }

    /// The socket of that id in what `all_sockets` has.
    static JSONObject find(Received allSockets, String id) {
        var all = (JSONArray) allSockets.args().getFirst();
        for (int i = 0; i < all.length(); i++) {
            if (all.optJSONObject(i).optString("id").equals(id)) {
                return all.optJSONObject(i);
            }
        }
        throw new AssertionError(id + " is not in " + all);
    }

    @Override
    public void close() {
        socket.close();
    }
}
