package waybill.socketio;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.socketio.netty.OpeningRequest;

/// The HTTP request with which a client asks for a connection, before it joins a namespace.
public final class HandshakeRequest {

    private final OpeningRequest request;

    HandshakeRequest(OpeningRequest request) {
        this.request = request;
    }

    public String uri() {
        return request.uri();
    }

    /// The first parameter of that name.
    public @Nullable String query(String name) {
        return request.query(name);
    }

    public Map<String, List<String>> query() {
        return request.query();
    }

    /// The first header of that name, case-insensitive.
    public @Nullable String header(String name) {
        return request.header(name);
    }

    /// All headers by their names in lower case, those aside that concern HTTP alone; of one that was sent more than
    /// once, the first.
    public Map<String, String> headers() {
        return request.headers();
    }

    /// The address of the client, as found by [EngineConfig#withRemoteAddress]; empty where it has none.
    public String address() {
        return request.address();
    }

    /// The same as a value.
    public Optional<InetAddress> remoteAddress() {
        return request.remoteAddress();
    }

    /// Keeps what the application has learned from this request for the connection's namespaces:
    /// [Handshake#attachment].
    public void attach(@Nullable Object value) {
        request.attach(value);
    }
}
