package waybill.server.rest.link;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import waybill.server.rest.http.ApiResponse;

/// Paths below that of public links which no endpoint has, such as `/t/`, `/t/%zz` and `/t/a/b`: a link that was
/// damaged on its way. They have the answer of a link that is not valid.
public final class InvalidLinkPaths {

    private static final String PATH = "/t";
    private static final String HTML = "text/html";

    private InvalidLinkPaths() {}

    /// The response to a request that no endpoint took; empty if its path is another.
    public static Optional<ApiResponse> responseTo(HttpServerRequest request) {
        var path = request.path();
        if (path == null || !(path.equals(PATH) || path.startsWith(PATH + "/"))) {
            return Optional.empty();
        }
        var accept = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
        return Optional.of(accept.startsWith(HTML) ? LinkPage.notFound() : PublicLinks.notFound());
    }
}
