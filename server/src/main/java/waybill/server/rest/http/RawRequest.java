package waybill.server.rest.http;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.server.identity.ClientAddress;

/// A request as it came, for an operation that reads query and body itself.
///
/// @param query the values of each parameter
/// @param body its text, whatever content type it has; empty without a body
/// @param authorization the header of that name
/// @param client where it comes from
public record RawRequest(
        Map<String, List<String>> query, String body, Optional<String> authorization, ClientAddress client) {

    /// Bytes of such a body.
    static final int BODY_MAX = 256 << 10;

    static RawRequest of(RoutingContext ctx, String body, ClientAddress client) {
        var query = new HashMap<String, List<String>>();
        var parameters = ctx.queryParams();
        parameters.names().forEach(name -> query.put(name, parameters.getAll(name)));
        return new RawRequest(
                Map.copyOf(query), body, Optional.ofNullable(ctx.request().getHeader("authorization")), client);
    }
}
