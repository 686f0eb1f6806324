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
import waybill.socketio.packet.StringCache;

/// The HTTP request with which a connection began, without the headers that concern HTTP alone. Kept small, for
/// there is one per connection: all headers are one text, which many share, and the query is decoded when it is
/// read.
///
/// Whole only for a while. With the first ping, 25 s after the handshake by default, secrets are dropped
/// (`Authorization`, `Cookie`, the query's `token` and `access_token`), and so are values of more than 256
/// characters.
public final class OpeningRequest {

    private static final char SEPARATOR = '\n'; // no header holds one
    private static final Set<String> OF_HTTP = Set.of("connection", "upgrade", "content-length", "accept-encoding");
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie");
    private static final Set<String> SECRET_PARAMETERS = Set.of("token", "access_token");
    private static final String OF_WEB_SOCKET = "sec-websocket-";

    /// The longest value that is kept for the life of a connection, and the longest text of all headers.
    private static final int STORED_VALUE_MAX = 256;

    private static final int STORED_HEADERS_MAX = 2_048;

    /// The longest request line that may be worth sharing; one with a token in it is not.
    private static final int SHARED_URI_MAX = 128;

    private volatile String uri;
    private volatile String headers; // name, value, name, value, …, each with a separator behind it
    private final @Nullable InetAddress remote;
    private volatile @Nullable Object attachment;
    private volatile boolean counts; // among the sessions of its address

    OpeningRequest(HttpRequest request, @Nullable InetAddress remote, StringCache texts) {
        var line = request.uri();
        var packed = packHeaders(request);
        this.uri = line.length() <= SHARED_URI_MAX ? texts.intern(line) : line;
        this.headers = packed.length() <= STORED_HEADERS_MAX && !hasSecret(request) ? texts.intern(packed) : packed;
        this.remote = remote;
    }

    private static boolean hasSecret(HttpRequest request) {
        return SECRET_HEADERS.stream().anyMatch(request.headers()::contains);
    }

    private static String packHeaders(HttpRequest request) {
        var packed = new StringBuilder();
        for (var header : request.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_HTTP.contains(name) && !name.startsWith(OF_WEB_SOCKET)) {
                append(packed, name, header.getValue());
            }
        }
        return packed.toString();
    }

    private static void append(StringBuilder packed, String name, String value) {
        packed.append(name).append(SEPARATOR).append(value).append(SEPARATOR);
    }

    /// About how many bytes this holds beyond what every connection does.
    int sizeBytes() {
        return uri.length() + headers.length();
    }

    /// Whether the session counts among those of its address.
    boolean countsForAddress() {
        return counts;
    }

    void countsForAddress(boolean value) {
        counts = value;
    }

    /// Drops what is secret or long.
    void dropSecrets() {
        var query = uri.indexOf('?');
        if (query >= 0 && (uri.length() > STORED_VALUE_MAX || hasSecretParameter())) {
            uri = uri.substring(0, query) + '?' + shortenQuery(uri.substring(query + 1));
        }
        headers = shortenHeaders(headers);
    }

    private boolean hasSecretParameter() {
        return SECRET_PARAMETERS.stream().anyMatch(name -> uri.contains(name + "="));
    }

    private static String shortenQuery(String query) {
        var kept = new StringBuilder();
        for (var parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (parameter.length() <= STORED_VALUE_MAX
                    && !SECRET_PARAMETERS.contains(name)
                    && kept.length() + parameter.length() <= STORED_HEADERS_MAX) {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
        }
        return kept.toString();
    }

    private static String shortenHeaders(String packed) {
        var kept = new StringBuilder();
        int at = 0;
        while (at < packed.length()) {
            int nameEnd = packed.indexOf(SEPARATOR, at);
            int valueEnd = packed.indexOf(SEPARATOR, nameEnd + 1);
            var name = packed.substring(at, nameEnd);
            if (valueEnd - at <= STORED_VALUE_MAX
                    && !SECRET_HEADERS.contains(name)
                    && kept.length() + valueEnd - at < STORED_HEADERS_MAX) {
                append(kept, name, packed.substring(nameEnd + 1, valueEnd));
            }
            at = valueEnd + 1;
        }
        return kept.length() == packed.length() ? packed : kept.toString();
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

    /// The first header of that name, case-insensitive.
    public @Nullable String header(String name) {
        var wanted = name.toLowerCase(Locale.ROOT);
        var packed = headers;
        int at = 0;
        while (at < packed.length()) {
            int nameEnd = packed.indexOf(SEPARATOR, at);
            int valueEnd = packed.indexOf(SEPARATOR, nameEnd + 1);
            if (packed.substring(at, nameEnd).equals(wanted)) {
                return packed.substring(nameEnd + 1, valueEnd);
            }
            at = valueEnd + 1;
        }
        return null;
    }

    /// All headers by their names in lower case; of one that was sent more than once, the first.
    public Map<String, String> headers() {
        var all = new LinkedHashMap<String, String>();
        var packed = headers;
        int at = 0;
        while (at < packed.length()) {
            int nameEnd = packed.indexOf(SEPARATOR, at);
            int valueEnd = packed.indexOf(SEPARATOR, nameEnd + 1);
            all.putIfAbsent(packed.substring(at, nameEnd), packed.substring(nameEnd + 1, valueEnd));
            at = valueEnd + 1;
        }
        return all;
    }

    /// The address of the client, as found by the [AddressSource]; empty where it has none.
    public String address() {
        return remote == null ? "" : remote.getHostAddress();
    }

    /// The same as a value.
    public Optional<InetAddress> remoteAddress() {
        return Optional.ofNullable(remote);
    }

    /// What the application has read from this request and needs when another namespace of the connection is
    /// joined, such as the user of the token in it; null where there is nothing.
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object value) {
        attachment = value;
    }
}
