package waybill.server.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.server.rest.contract.Operation;

/// The parameters of a request by the contract: of path, query and header.
final class RequestParameters {

    private RequestParameters() {}

    /// Those of a request over HTTP, or throws their [waybill.server.rest.contract.Problem].
    static Map<String, JsonNode> parse(Operation operation, RoutingContext ctx) {
        return parse(operation, parameter -> switch (parameter.location()) {
            case PATH -> ctx.pathParam(parameter.name());
            case QUERY -> ctx.queryParams().get(parameter.name());
            case HEADER -> ctx.request().getHeader(parameter.name());
        });
    }

    static Map<String, JsonNode> parse(Operation operation, Function<Operation.Parameter, @Nullable String> given) {
        var values = new HashMap<String, JsonNode>();
        for (var parameter : operation.parameters()) {
            var sent = Optional.ofNullable(given.apply(parameter));
            var value = sent.map(parameter.schema()::parse);
            if (value.isEmpty() && parameter.isRequired()) {
                throw parameter.schema().missing(parameter.name());
            }
            value.flatMap(one -> parameter.schema().problem(parameter.name(), one))
                    .ifPresent(complaint -> {
                        throw complaint;
                    });
            value.or(parameter.schema()::defaultValue).ifPresent(one -> values.put(parameter.name(), one));
        }
        return values;
    }
}
