package waybill.cli.clients;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;

/// The exchange with the official Java client, as a program: settings as JSON in the first argument, the result as
/// JSON. The class path selects the OkHttp version.
final class JavaExchange {

    private static final long ANSWER_WITHIN_SECONDS = 60;

    private final Map<String, CompletableFuture<JSONObject>> expected = new ConcurrentHashMap<>();
    private final JSONObject settings;

    private JavaExchange(JSONObject settings) {
        this.settings = settings;
    }

    public static void main(String[] args) {
        System.out.println(new JavaExchange(new JSONObject(args[0])).run());
        System.exit(0);
    }

    private JSONObject run() {
        var tokens = settings.getJSONObject("tokens");
        var vendor = open(tokens.getString("store"), "delivered");
        var driver = open(tokens.getString("driver"), "pickup");
        var store = settings.getString("store");
        emitWithAck(vendor, "join", new JSONObject().put("clientId", store));
        var sizes = settings.getJSONArray("sizes");
        for (int i = 0; i < sizes.length(); i++) {
            var id = store + '-' + i;
            var order = new JSONObject()
                    .put("store", store)
                    .put("orderId", id)
                    .put("customer", "Kari")
                    .put("note", "é🚚x_".repeat(sizes.getInt(i) / 8));
            deliver(vendor, driver, id, order);
        }
        return new JSONObject()
                .put("transport", transport(vendor) + ',' + transport(driver))
                .put("sizes", sizes);
    }

    private void deliver(Socket vendor, Socket driver, String id, JSONObject order) {
        var offered = expected.computeIfAbsent("pickup " + id, _ -> new CompletableFuture<>());
        var thanked = expected.computeIfAbsent("delivered " + id, _ -> new CompletableFuture<>());
        emitWithAck(vendor, "pickup", order);
        same(order, join(offered));
        var message = new JSONObject()
                .put("clientId", settings.getString("store"))
                .put("messageId", id)
                .put("order", order);
        emitWithAck(driver, "in-transit", message);
        emitWithAck(driver, "delivered", message);
        same(order, join(thanked));
    }

    private Socket open(String token, String event) {
        var builder =
                IO.Options.builder().setForceNew(true).setReconnection(false).setAuth(Map.of("token", token));
        if (settings.has("transports")) {
            builder.setTransports(settings.getJSONArray("transports").toList().toArray(String[]::new));
        }
        var socket = IO.socket(URI.create(settings.getString("url") + "/caps"), builder.build());
        var connected = new CompletableFuture<Boolean>();
        socket.on(Socket.EVENT_CONNECT, _ -> connected.complete(true));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                error -> connected.completeExceptionally(new IllegalStateException(new JSONArray(error).toString())));
        socket.on(event, args -> {
            var message = (JSONObject) args[0];
            expected.computeIfAbsent(event + ' ' + message.getString("messageId"), _ -> new CompletableFuture<>())
                    .complete(message.getJSONObject("order"));
        });
        socket.connect();
        join(connected);
        return socket;
    }

    private static void emitWithAck(Socket socket, String event, JSONObject body) {
        var ack = new CompletableFuture<JSONObject>();
        socket.emit(event, new Object[] {body}, (Ack) args -> ack.complete((JSONObject) args[0]));
        if (!join(ack).getBoolean("ok")) {
            throw new IllegalStateException(event + ": " + join(ack));
        }
    }

    private static void same(JSONObject sent, JSONObject came) {
        if (!came.getString("note").equals(sent.getString("note"))) {
            throw new IllegalStateException(sent.getString("orderId") + ": the note has changed");
        }
    }

    /// The final transport of `socket`, after the upgrade. The client does not expose its engine.
    private String transport(Socket socket) {
        try {
            var field = Manager.class.getDeclaredField("engine");
            field.setAccessible(true);
            var engine = (io.socket.engineio.client.Socket) field.get(socket.io());
            var transport = io.socket.engineio.client.Socket.class.getDeclaredField("transport");
            transport.setAccessible(true);
            if (!settings.has("transports")) {
                var upgraded = new CompletableFuture<Boolean>();
                engine.once(io.socket.engineio.client.Socket.EVENT_UPGRADE, _ -> upgraded.complete(true));
                if (((Transport) transport.get(engine)).name.equals("polling")) {
                    join(upgraded);
                }
            }
            return ((Transport) transport.get(engine)).name;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the Java client has changed inside", e);
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    }
}
