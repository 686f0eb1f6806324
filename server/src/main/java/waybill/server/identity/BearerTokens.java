package waybill.server.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Handshake;

/// Where a token is found. A `BearerTokens ` in front of it, in any case, is taken off.
public final class BearerTokens {

    private static final String SCHEME = "bearer ";

    private BearerTokens() {}

    /// The first that a client has given: as `auth.token`, as `token` of its query, or as its `Authorization` header.
    public static Optional<String> find(Handshake handshake) {
        return text(handshake.auth().get("token")).or(() -> findInRequest(handshake));
    }

    /// The one that the connection's HTTP request holds, which all of its namespaces share.
    static Optional<String> findInRequest(Handshake handshake) {
        return text(handshake.query("token")).or(() -> find(handshake.header("authorization")));
    }

    /// The token in the value of an `Authorization` header, which may be for somebody else.
    public static Optional<String> find(@Nullable String header) {
        return text(header).filter(token -> token.indexOf(' ') < 0);
    }

    static Optional<String> text(@Nullable Object value) {
        return value instanceof String text
                ? Optional.of(stripped(text)).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static String stripped(String text) {
        var token = text.strip();
        return token.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? token.substring(SCHEME.length()).strip()
                : token;
    }
}
