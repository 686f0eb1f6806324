package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The HTTP request with which a connection began, without the headers that concern HTTP alone. Kept small, for
/// there is one per connection: all headers are one text, which many share, and the query is decoded when it is asked
/// for.
public final class HandshakeRequest {

    private static final char SEPARATOR = '\n'; // no header holds one
    private static final Set<String> OF_HTTP = Set.of("connection", "upgrade", "content-length", "accept-encoding");
    private static final String OF_WEB_SOCKET = "sec-websocket-";

    private final String uri;
    private final String headers; // name, value, name, value, …, each with a separator behind it
    private final @Nullable InetAddress remote;

    HandshakeRequest(HttpRequest request, @Nullable InetAddress remote, Recurring texts) {
        this.uri = texts.of(request.uri());
        this.headers = texts.of(packed(request));
        this.remote = remote;
    }

    private static String packed(HttpRequest request) {
        var packed = new StringBuilder();
        for (var header : request.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_HTTP.contains(name) && !name.startsWith(OF_WEB_SOCKET)) {
                packed.append(name).append(SEPARATOR).append(header.getValue()).append(SEPARATOR);
            }
        }
        return packed.toString();
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
        var wanted = name.toLowerCase(Locale.ROOT);
        int at = 0;
        while (at < headers.length()) {
            int nameEnd = headers.indexOf(SEPARATOR, at);
            int valueEnd = headers.indexOf(SEPARATOR, nameEnd + 1);
            if (headers.substring(at, nameEnd).equals(wanted)) {
                return headers.substring(nameEnd + 1, valueEnd);
            }
            at = valueEnd + 1;
        }
        return null;
    }

    /// All headers by their names in lower case; of one that was sent more than once, the first.
    public Map<String, String> headers() {
        var all = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < headers.length()) {
            int nameEnd = headers.indexOf(SEPARATOR, at);
            int valueEnd = headers.indexOf(SEPARATOR, nameEnd + 1);
            all.putIfAbsent(headers.substring(at, nameEnd), headers.substring(nameEnd + 1, valueEnd));
            at = valueEnd + 1;
        }
        return all;
    }

    /// The address of the client, as [EngineConfig#withRemoteAddress] tells it; empty where it has none.
    public String address() {
        return remote == null ? "" : remote.getHostAddress();
    }

    /// The same as a value.
    public Optional<InetAddress> remoteAddress() {
        return Optional.ofNullable(remote);
    }
}
