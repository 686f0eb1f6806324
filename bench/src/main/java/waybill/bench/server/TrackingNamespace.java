package waybill.bench.server;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import waybill.bench.server.TokenChecker.User;
import waybill.socketio.Args;
import waybill.socketio.Namespace;
import waybill.socketio.RawJson;
import waybill.socketio.Socket;

/// Publishes the positions of an order's driver on `/realtime`.
final class TrackingNamespace {

    private final Namespace realtime;
    private final TokenChecker tokens;
    private final InstantSource clock;

    TrackingNamespace(Namespace realtime, TokenChecker tokens, InstantSource clock) {
        this.realtime = realtime;
        this.tokens = tokens;
        this.clock = clock;
    }

    void start() {
        realtime.use((socket, next) -> {
            var token = socket.handshake().auth().get("token");
            var user = token == null ? Optional.<User>empty() : tokens.user(token);
            user.ifPresentOrElse(
                    authenticated -> {
                        socket.data(authenticated);
                        next.proceed();
                    },
                    () -> next.reject("unauthenticated"));
        });
        realtime.onConnection(socket -> socket.emit(
                "connected",
                Map.of("userId", user(socket).id(), "role", user(socket).role())));
        realtime.on("subscribe:order", (socket, args, _) -> watch(socket, args));
        realtime.on("driver:location", (socket, args, _) -> locate(socket, args));
    }

    private static User user(Socket socket) {
        if (socket.data() instanceof User user) {
            return user;
        }
        throw new IllegalStateException("a socket without a user (expected: none passes the check)");
    }

    private static void watch(Socket socket, Args args) {
        if (args.value(0) instanceof Map<?, ?> order && order.get("orderId") instanceof String orderId) {
            socket.join("order:" + orderId);
        }
    }

    private void locate(Socket socket, Args args) {
        var position = PositionMessage.parse(args.json(0));
        if (position.isEmpty()) {
            socket.emit("error", Map.of("code", "invalid", "event", "driver:location"));
            return;
        }
        var here = position.get();
        var nowMs = clock.millis();
        var update = here.update(user(socket).id(), nowMs);
        realtime.to("order:" + here.orderId()).emit("driver:location_update", new RawJson(update));
        socket.emit("driver:location_acknowledged", new RawJson(here.acknowledgement(nowMs)));
    }
}
