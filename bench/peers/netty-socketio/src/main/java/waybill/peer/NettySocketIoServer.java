package waybill.peer;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.netty.channel.epoll.Epoll;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;

/// The tracking server of the load run, on netty-socketio.
///
///     PORT=n BENCH_SECRET=… java waybill.peer.NettySocketIoServer
public final class NettySocketIoServer {

    private static final Object REFUSAL = Map.of("message", "unauthenticated");

    /// What a driver says of itself. Boxed, because Jackson leaves null where the driver said nothing.
    public record Position(String orderId, Double latitude, Double longitude, Double heading, Double speed) {

        boolean isValid() {
            return orderId != null
                    && isBetween(latitude, -90, 90)
                    && isBetween(longitude, -180, 180)
                    && isBetween(heading, 0, 360)
                    && isBetween(speed, 0, Double.MAX_VALUE);
        }

        private static boolean isBetween(Double value, double least, double most) {
            return value != null && least <= value && value <= most;
        }
    }

    public record Update(
            String orderId,
            double latitude,
            double longitude,
            double heading,
            double speed,
            String driverId,
            long timestamp) {}

    public record Acknowledged(String orderId, long timestamp) {}

    public record Order(String orderId) {}

    public static void main(String[] args) throws JOSEException {
        var config = new Configuration();
        config.setHostname("127.0.0.1");
        config.setPort(Integer.parseInt(System.getenv("PORT")));
        config.setUseLinuxNativeEpoll(Epoll.isAvailable());
        var server = new SocketIOServer(config);
        track(server.addNamespace("/realtime"), System.getenv("BENCH_SECRET"));
        deliver(server.addNamespace("/caps"));
        server.start();
        System.out.println("listening");
    }

    private static void track(SocketIONamespace realtime, String secret) throws JOSEException {
        var verifier = new MACVerifier(secret.getBytes(StandardCharsets.UTF_8));
        realtime.addAuthTokenListener((auth, client) -> admit(verifier, auth, client));
        realtime.addConnectListener(client -> client.sendEvent(
                "connected", Map.of("userId", client.get("userId"), "role", client.get("role"))));
        realtime.addEventListener("subscribe:order", Order.class, (client, order, _) -> {
            if (order.orderId() != null) {
                client.joinRoom("order:" + order.orderId());
            }
        });
        realtime.addEventListener("driver:location", Position.class, (client, p, _) -> {
            if (!p.isValid()) {
                client.sendEvent("error", Map.of("code", "invalid", "event", "driver:location"));
                return;
            }
            var now = System.currentTimeMillis();
            var update = new Update(
                    p.orderId, p.latitude, p.longitude, p.heading, p.speed, client.get("userId"), now);
            realtime.getRoomOperations("order:" + p.orderId).sendEvent("driver:location_update", update);
            client.sendEvent("driver:location_acknowledged", new Acknowledged(p.orderId, now));
        });
    }

    private static AuthTokenResult admit(MACVerifier verifier, Object auth, SocketIOClient client) {
        if (!(auth instanceof Map<?, ?> map) || !(map.get("token") instanceof String token)) {
            return new AuthTokenResult(false, REFUSAL);
        }
        try {
            var jwt = SignedJWT.parse(token);
            var claims = jwt.getJWTClaimsSet();
            if (!jwt.verify(verifier) || claims.getExpirationTime().before(new Date())) {
                return new AuthTokenResult(false, REFUSAL);
            }
            client.set("userId", claims.getSubject());
            client.set("role", claims.getStringClaim("role"));
            return AuthTokenResult.AuthTokenResultSuccess;
        } catch (ParseException | JOSEException _) {
            return new AuthTokenResult(false, REFUSAL);
        }
    }

    private static void deliver(SocketIONamespace caps) {
        caps.addEventListener("join", Map.class, (client, who, _) -> client.joinRoom((String) who.get("clientId")));
        caps.addEventListener("pickup", Map.class, (client, parcel, _) ->
                caps.getBroadcastOperations().sendEvent("pickup", client, parcel));
        for (var event : List.of("in-transit", "delivered")) {
            caps.addEventListener(event, Map.class, (client, parcel, _) ->
                    caps.getRoomOperations((String) parcel.get("clientId")).sendEvent(event, client, parcel));
        }
    }
}
