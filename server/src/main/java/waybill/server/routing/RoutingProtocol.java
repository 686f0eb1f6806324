package waybill.server.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.geo.Position;

/// What one routing service is asked, and how its answer is parsed. Stateless.
interface RoutingProtocol {

    HttpRequest.Builder request(TravelRequest travel);

    /// The travel in a response with status 200. Throws an [IllegalArgumentException] if there is none in it.
    Travel parse(JsonNode body);

    /// The first route of a response.
    static JsonNode firstRoute(JsonNode body) {
        var route = body.path("routes").path(0);
        if (!route.isObject()) {
            throw new IllegalArgumentException("routes: none (expected: one)");
        }
        return route;
    }

    static double number(JsonNode route, String name) {
        var value = route.path(name);
        if (!value.isNumber() || !(value.asDouble() >= 0)) {
            throw new IllegalArgumentException(name + ": missing or below 0 (expected: a number)");
        }
        return value.asDouble();
    }

    /// The points of a GeoJSON line; none if there is no line.
    static List<Position> path(JsonNode line) {
        var points = new ArrayList<Position>();
        for (var point : line.path("coordinates")) {
            points.add(new Position(
                    point.path(1).asDouble(Double.NaN), point.path(0).asDouble(Double.NaN)));
        }
        return points;
    }
}
