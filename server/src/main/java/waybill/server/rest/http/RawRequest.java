package waybill.server.rest.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.server.identity.ClientAddress;

/// A request as it came, for an operation that reads query and body itself.
///
/// @param query the values of each parameter
/// @param content the bytes of its body, whatever content type it has; empty without a body
/// @param headers by their names in lower case
/// @param authorization the header of that name
/// @param client where it comes from
public record RawRequest(
        Map<String, List<String>> query,
        Buffer content,
        Map<String, String> headers,
        Optional<String> authorization,
        ClientAddress client) {

    /// Bytes of such a body.
    static final int BODY_MAX = 256 << 10;

    /// The body as text.
    public String body() {
        return content.toString(StandardCharsets.UTF_8);
    }

    /// A header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    static RawRequest of(RoutingContext ctx, Buffer content, ClientAddress client) {
        var headers = new HashMap<String, String>();
        ctx.request()
                .headers()
                .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        var query = new HashMap<String, List<String>>();
        var parameters = ctx.queryParams();
        parameters.names().forEach(name -> query.put(name, parameters.getAll(name)));
        return new RawRequest(
                Map.copyOf(query),
                content,
                Map.copyOf(headers),
                Optional.ofNullable(ctx.request().getHeader("authorization")),
                client);
    }
}
