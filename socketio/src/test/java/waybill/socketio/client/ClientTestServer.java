package waybill.socketio.client;

import static waybill.socketio.client.TestArguments.number;
import static waybill.socketio.client.TestArguments.text;
import static waybill.socketio.client.TestArguments.texts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Config;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.packet.MsgpackParser;

/// A server for client tests: each test requests by events what the server must do.
final class ClientTestServer implements AutoCloseable {

    private static final int LIMIT = 100_000;

    private final SocketServer server;
    private final int port;

    private ClientTestServer(Config config) {
        server = new SocketServer(config);
        addHandlers(server.of("/"));
        var guarded = server.of("/guarded").use((socket, next) -> {
            if ("let me in".equals(socket.handshake().auth().get("token"))) {
                Thread.startVirtualThread(next::proceed);
            } else {
                next.reject("not authorized", Map.of("code", "unauthenticated", "retryAfterMs", 100));
            }
        });
        guarded.on("echo", ClientTestServer::echo);
        var slow = server.of("/slow");
        slow.use((socket, next) -> Thread.startVirtualThread(() -> {
            slow.to("order-1").emit("news", "in the meantime");
            next.proceed();
        }));
        addHandlers(slow);
        var stores = server.of(name -> name.matches("/store-\\d+"));
        stores.on("echo", ClientTestServer::echo);
        stores.on("where", (socket, _, ack) -> ack.send(socket.namespace().name()));
        stores.on("tell all", (socket, args, ack) -> {
            socket.namespace().emit(text(args, 0));
            ack.send();
        });
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    static ClientTestServer plain() {
        return new ClientTestServer(config());
    }

    /// The same with connection state recovery.
    static ClientTestServer recovering() {
        return new ClientTestServer(config().withRecovery(RecoveryConfig.defaults()));
    }

    /// The same for clients that use MessagePack.
    static ClientTestServer msgpack() {
        return new ClientTestServer(config().withParser(new MsgpackParser()));
    }

    private static Config config() {
        return Config.defaults().withEngine(engine -> engine.withLoops(2).withMaxHttpBufferSize(LIMIT));
    }

    int port() {
        return port;
    }

    SocketServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close(Duration.ZERO);
    }

    private static void addHandlers(Namespace namespace) {
        addEchoHandlers(namespace);
        AckRequests.addTo(namespace);
        addRoomHandlers(namespace);
        addDisconnectHandlers(namespace);
        addStreamHandlers(namespace);
    }

    private static void addEchoHandlers(Namespace namespace) {
        namespace.on("echo", ClientTestServer::echo);
        namespace.on("say", (socket, args, _) -> socket.emit("said", args.toArray()));
        namespace.on("say lightly", (socket, args, _) -> socket.volatile_().emit("light", args.toArray()));
        namespace.on("big", (_, args, ack) -> ack.send("x".repeat(number(args, 0))));
        namespace.on("remember", (socket, args, ack) -> {
            socket.data(args.value(0));
            ack.send();
        });
        namespace.on("remembered", (socket, _, ack) -> ack.send(socket.data()));
        namespace.on("handshake", (socket, _, ack) -> {
            var seen = new LinkedHashMap<String, @Nullable Object>();
            var handshake = socket.handshake();
            seen.put("auth", handshake.auth());
            seen.put("profile", handshake.query("profile"));
            seen.put("store", handshake.header("x-store"));
            seen.put("address", handshake.address());
            ack.send(seen);
        });
    }

    private static void echo(Socket socket, Args args, Ack ack) {
        ack.send(args.toArray());
    }

    private static void addRoomHandlers(Namespace namespace) {
        namespace.on("join", (socket, args, ack) -> socket.join(texts(args)).thenRun(ack::send));
        namespace.on("leave", (socket, args, ack) -> socket.leave(texts(args)).thenRun(ack::send));
        namespace.on("rooms", (socket, _, ack) -> ack.send(socket.rooms()));
        namespace.on("move", (_, args, ack) -> {
            namespace.to(text(args, 0)).socketsJoin(text(args, 1));
            namespace
                    .in(text(args, 1))
                    .fetchSockets()
                    .thenAccept(found ->
                            ack.send(found.stream().map(SocketDetails::id).toList()));
        });
        namespace.on("put out", (_, args, ack) -> {
            namespace.in(text(args, 0)).disconnectSockets(false);
            ack.send();
        });
    }

    private static void addDisconnectHandlers(Namespace namespace) {
        namespace.on("put me out", (socket, args, _) -> socket.disconnect(Boolean.TRUE.equals(args.value(0))));
        namespace.on("watch me", (socket, args, ack) -> {
            var watcher = text(args, 0);
            socket.onDisconnect(reason -> namespace.to(watcher).emit("left", socket.id(), reason.wireName()));
            ack.send();
        });
        namespace.on("tell me when away", (socket, args, ack) -> {
            socket.data(Map.of("watches", text(args, 0)));
            ack.send();
        });
        namespace.onDisconnect((gone, _) -> namespace
                .fetchSockets()
                .thenAccept(all -> all.stream()
                        .filter(one -> Map.of("watches", gone.id()).equals(one.data()))
                        .forEach(one -> namespace.to(one.id()).emit("away"))));
    }

    private static void addStreamHandlers(Namespace namespace) {
        namespace.on("burst", (socket, args, _) -> {
            for (int i = 0; i < number(args, 0); i++) {
                socket.emit("number", i);
            }
        });
        namespace.on(
                "trickle",
                (socket, args, _) -> emitRepeatedly(socket, number(args, 0), i -> socket.emit("number", i), () -> {}));
        namespace.on(
                "trickle to",
                (socket, args, ack) -> emitRepeatedly(
                        socket,
                        number(args, 1),
                        i -> namespace.to(text(args, 0)).emit("number", i),
                        ack::send));
        namespace.on("count", (socket, args, ack) -> {
            int expected = number(args, 0);
            var all = new ArrayList<@Nullable Object>();
            socket.on("up", (up, _) -> {
                all.add(up.value(0));
                if (all.size() == expected) {
                    ack.send(all);
                }
            });
        });
    }

    /// A few at a time, spread over the life of the connection rather than in one pass of its loop.
    private static void emitRepeatedly(Socket socket, int count, IntConsumer emit, Runnable done) {
        var loop = socket.loop();
        new Runnable() {
            private int next;

            @Override
            public void run() {
                for (int i = 0; i < 5 && next < count; i++) {
                    emit.accept(next++);
                }
                if (next < count) {
                    loop.schedule(this, 1, TimeUnit.MILLISECONDS);
                } else {
                    done.run();
                }
            }
        }.run();
    }
}
