package waybill.socketio;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import waybill.socketio.netty.HandshakeRequest;
import waybill.socketio.packet.JsonArray;

/// With what a socket connected: the connection's HTTP request, and what the client sent along to the namespace.
public final class Handshake {

    private final HandshakeRequest request;
    private volatile @Nullable String auth;

    Handshake(HandshakeRequest request, @Nullable String auth) {
        this.request = request;
        this.auth = auth;
    }

    public @Nullable String query(String name) {
        return request.query(name);
    }

    public Map<String, List<String>> query() {
        return request.query();
    }

    public @Nullable String header(String name) {
        return request.header(name);
    }

    /// The address that the connection came from.
    public String address() {
        return request.address();
    }

    public String uri() {
        return request.uri();
    }

    /// What the client sent as `auth`, a JSON object; `{}` where it sent nothing, or it was forgotten.
    public String authJson() {
        var sent = auth;
        return sent == null ? "{}" : sent;
    }

    /// Keeps `auth` no longer: it may hold a secret, and there is one for every socket.
    public void forgetAuth() {
        auth = null;
    }

    /// The same as a map.
    @SuppressWarnings("unchecked") // the codec takes nothing but an object, and its names are strings
    public Map<String, @Nullable Object> auth() {
        var parsed = JsonArray.trusted("[" + authJson() + "]").value(0, List.of());
        return (Map<String, @Nullable Object>) Objects.requireNonNull(parsed);
    }
}
