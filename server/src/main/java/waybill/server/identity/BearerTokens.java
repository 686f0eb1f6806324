package waybill.server.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Handshake;

/// Finds the token of a client. A leading `Bearer`, in any case, is removed.
public final class BearerTokens {

    private static final String SCHEME = "bearer ";

    private BearerTokens() {}

    /// The first of `auth.token`, `token` of the query, and the `Authorization` header.
    public static Optional<String> find(Handshake handshake) {
        return text(handshake.auth().get("token")).or(() -> findInRequest(handshake));
    }

    /// The token of the connection's HTTP request, which all of its namespaces share.
    static Optional<String> findInRequest(Handshake handshake) {
        return text(handshake.query("token")).or(() -> find(handshake.header("authorization")));
    }

    /// The token in the value of an `Authorization` header, which may be of another scheme.
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
