package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The HTTP request with which a connection began. Kept small, for there is one per connection: the query is decoded
/// when it is asked for.
public final class HandshakeRequest {

    private final String uri;
    private final String[] headers; // name, value, name, value, …
    private final @Nullable InetSocketAddress remote;

    HandshakeRequest(HttpRequest request, SocketAddress remote) {
        this.uri = request.uri();
        this.headers = request.headers().entries().stream()
                .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                .toArray(String[]::new);
        this.remote = remote instanceof InetSocketAddress address ? address : null;
    }

    public String uri() {
        return uri;
    }

    /// The first parameter of that name.
    public @Nullable String query(String name) {
        var values = query().get(name);
        return values == null ? null : values.getFirst();
    }

    public Map<String, List<String>> query() {
        try {
            return new QueryStringDecoder(uri).parameters();
        } catch (IllegalArgumentException _) { // a broken escape
            return Map.of();
        }
    }

    /// The first header of that name, in whatever case.
    public @Nullable String header(String name) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return headers[i + 1];
            }
        }
        return null;
    }

    /// The address that the connection came from; empty where it has none.
    public String address() {
        return remote == null ? "" : remote.getAddress().getHostAddress();
    }
}
