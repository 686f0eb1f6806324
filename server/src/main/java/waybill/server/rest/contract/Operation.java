package waybill.server.rest.contract;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import waybill.access.Action;

/// One thing that can be asked of the hub, as the contract has it.
///
/// @param pathTemplate where, as the contract has it: `/orders/{id}`
/// @param paths where, in the manner of the router: `/orders/:id`
/// @param responseTypes the media types in which it is answered when it is done, what is meant by default first
/// @param actions of which the caller's role must be allowed one before what was sent along is read; none, where that
///     depends on what was sent
/// @param isLimited whether it counts against how often somebody may ask
public record Operation(
        String id,
        HttpMethod method,
        String pathTemplate,
        List<String> paths,
        AuthRequirement authRequirement,
        List<String> responseTypes,
        List<Action> actions,
        boolean isLimited,
        List<Parameter> parameters,
        Optional<SchemaValidator> body) {

    /// Who is let in before anything is looked at.
    public enum AuthRequirement {
        OPEN,

        /// Who has a token; in development mode also who has none.
        OPERATOR,

        /// Who has a token.
        TOKEN
    }

    public record Parameter(String name, Location location, boolean isRequired, SchemaValidator schema) {
        public enum Location {
            PATH,
            QUERY,
            HEADER
        }
    }

    public boolean isRead() {
        return method.equals(HttpMethod.GET);
    }

    public boolean isAt(String path) {
        return paths.stream().anyMatch(one -> path.matches(one.replaceAll(":\\w+", "[^/]+")));
    }
}
