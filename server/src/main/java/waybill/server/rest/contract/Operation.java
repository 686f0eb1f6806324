package waybill.server.rest.contract;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import waybill.access.Action;

/// One operation of the contract.
///
/// @param pathTemplate its path in the contract: `/orders/{id}`
/// @param paths its paths for the router: `/orders/:id`
/// @param responseTypes the media types of its successful response, the default first
/// @param actions the actions of which the caller's role must be allowed one before the body is read; none if that
///     depends on the body
/// @param isLimited whether it counts against the rate of a user
/// @param isBodyRequired whether a request without a body is invalid
/// @param isUpload whether it takes a file
/// @param isRaw whether its handler reads query and body itself: they have many shapes, and no schema of their own
public record Operation(
        String id,
        HttpMethod method,
        String pathTemplate,
        List<String> paths,
        AuthRequirement authRequirement,
        List<String> responseTypes,
        List<Action> actions,
        boolean isLimited,
        boolean isBodyRequired,
        boolean isRaw,
        boolean isUpload,
        List<Parameter> parameters,
        Optional<SchemaValidator> body) {

    /// The authentication that an operation requires.
    public enum AuthRequirement {
        OPEN,

        /// A token; none in development mode.
        OPERATOR,

        /// A token.
        TOKEN,

        /// The key of a tracker, which the operation finds in the request.
        TRACKER
    }

    public record Parameter(String name, Location location, boolean isRequired, SchemaValidator schema) {
        public enum Location {
            PATH,
            QUERY,
            HEADER
        }
    }

    public boolean isRead() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    public boolean isAt(String path) {
        return paths.stream().anyMatch(one -> path.matches(one.replaceAll(":\\w+", "[^/]+")));
    }
}
