package waybill.server.rest.link;

import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import waybill.server.rest.http.ApiResponse;

/// The headers of every response about a public link: its address is a secret, so that it goes into no cache, no index
/// and no `Referer`.
final class PublicHeaders {

    private static final Map<String, String> ALL = Map.of(
            "referrer-policy", "no-referrer",
            "x-robots-tag", "noindex",
            "x-content-type-options", "nosniff",
            "cache-control", "no-store");

    private PublicHeaders() {}

    static void put(HttpServerResponse response) {
        ALL.forEach(response::putHeader);
    }

    static ApiResponse with(ApiResponse response) {
        var headed = response;
        for (var header : ALL.entrySet()) {
            headed = headed.with(header.getKey(), header.getValue());
        }
        return headed;
    }
}
