package waybill.server.rest.http;

import java.util.Map;
import waybill.access.Principal;

/// A request that does not come over HTTP, from a caller that is authenticated already.
///
/// @param operation its operation's id in the contract
/// @param parameters of path, query and header, by name
/// @param body JSON
public record InProcessRequest(Principal principal, String operation, Map<String, String> parameters, String body) {

    /// The path that the request would have.
    String path(String template) {
        var path = template;
        for (var parameter : parameters.entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        return path;
    }
}
