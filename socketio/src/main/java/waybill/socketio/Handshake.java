package waybill.socketio;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import waybill.socketio.netty.OpeningRequest;
import waybill.socketio.packet.JsonArray;

/// With what a socket connected: the connection's HTTP request, and what the client sent along to the namespace.
public final class Handshake {

    private final OpeningRequest request;
    private final long timeMs;
    private volatile @Nullable String auth;
    private volatile @Nullable Map<String, @Nullable Object> parsedAuth;

    Handshake(OpeningRequest request, @Nullable String auth, long timeMs) {
        this.request = request;
        this.auth = auth;
        this.timeMs = timeMs;
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

    /// All headers by their names in lower case, those aside that concern HTTP alone.
    public Map<String, String> headers() {
        return request.headers();
    }

    /// The address that the connection came from.
    public String address() {
        return request.address();
    }

    /// What the application has learned from the connection's request, for all of its namespaces: the request
    /// drops its secrets after a while.
    public @Nullable Object attachment() {
        return request.attachment();
    }

    public void attach(Object value) {
        request.attach(value);
    }

    public String uri() {
        return request.uri();
    }

    /// When the client requested the namespace.
    public Instant time() {
        return Instant.ofEpochMilli(timeMs);
    }

    /// Whether the request is from a page of another origin than the server's, by its `Origin` header.
    public boolean crossDomain() {
        return header("origin") != null;
    }

    /// What the client sent as `auth`, a JSON object; `{}` where it sent nothing, or it was dropped.
    public String authJson() {
        var sent = auth;
        return sent == null ? "{}" : sent;
    }

    /// Keeps `auth` no longer: it may hold a secret, and there is one for every socket.
    public void clearAuth() {
        auth = null;
        parsedAuth = null;
    }

    /// The same as a map that cannot be changed.
    @SuppressWarnings("unchecked") // the codec takes nothing but an object, and its names are strings
    public Map<String, @Nullable Object> auth() {
        var sent = auth;
        if (sent == null) {
            return Map.of();
        }
        var known = parsedAuth;
        if (known == null) {
            var parsed = JsonArray.ofTrusted("[" + sent + "]").value(0, List.of());
            known = Collections.unmodifiableMap((Map<String, @Nullable Object>) Objects.requireNonNull(parsed));
            parsedAuth = known;
        }
        return known;
    }

    /// All of it as a value that can be emitted, with the names that it has in JavaScript. Of a query's parameter
    /// that was given more than once, the first.
    public Map<String, @Nullable Object> toMap() {
        var query = new LinkedHashMap<String, @Nullable Object>();
        query().forEach((name, values) -> query.put(name, values.getFirst()));
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("headers", headers());
        all.put("time", time().toString());
        all.put("issued", timeMs);
        all.put("address", address());
        all.put("xdomain", crossDomain());
        all.put("url", uri());
        all.put("query", query);
        all.put("auth", auth());
        return all;
    }
}
