package waybill.server.rest;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import waybill.access.Action;

/// One thing that can be asked of the hub, as the contract has it.
///
/// @param route where, as the contract has it: `/orders/{id}`
/// @param paths where, in the manner of the router: `/orders/:id`
/// @param answerTypes the media types in which it is answered when it is done, what is meant by default first
/// @param actions of which the caller's role must be allowed one before what was sent along is read; none, where that
///     depends on what was sent
/// @param isLimited whether it counts against how often somebody may ask
record Operation(
        String id,
        HttpMethod method,
        String route,
        List<String> paths,
        Door door,
        List<String> answerTypes,
        List<Action> actions,
        boolean isLimited,
        List<Parameter> parameters,
        Optional<Shape> body) {

    /// Who is let in before anything is looked at.
    enum Door {
        OPEN,

        /// Who has a token; in development mode also who has none.
        OPERATOR,

        /// Who has a token.
        TOKEN
    }

    record Parameter(String name, Place place, boolean isRequired, Shape shape) {
        enum Place {
            PATH,
            QUERY,
            HEADER
        }
    }

    boolean isRead() {
        return method.equals(HttpMethod.GET);
    }

    boolean isAt(String path) {
        return paths.stream().anyMatch(one -> path.matches(one.replaceAll(":\\w+", "[^/]+")));
    }
}
