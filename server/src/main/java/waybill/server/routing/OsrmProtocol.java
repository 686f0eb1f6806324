package waybill.server.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import waybill.eta.NoWayException;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.geo.Position;

/// The route service of OSRM's HTTP API, which Mapbox Directions has as well.
///
/// @param prefix what is before the coordinates
/// @param suffix further parameters
record OsrmProtocol(String prefix, String suffix) implements RoutingProtocol {

    private static final int MS_PER_SECOND = 1_000;

    private static final Set<String> NO_WAY = Set.of("NoRoute", "NoSegment");

    @Override
    public HttpRequest.Builder request(TravelRequest travel) {
        var overview = travel.needsPath() ? "overview=full&geometries=geojson" : "overview=false";
        var uri = prefix + text(travel.from()) + ";" + text(travel.to()) + "?" + overview + suffix;
        return HttpRequest.newBuilder(URI.create(uri));
    }

    private static String text(Position place) {
        return String.format(Locale.ROOT, "%.6f,%.6f", place.longitude(), place.latitude());
    }

    @Override
    public Travel parse(JsonNode body) {
        var code = body.path("code").asText();
        if (NO_WAY.contains(code)) {
            throw new NoWayException(code);
        }
        if (!code.equals("Ok")) {
            throw new IllegalArgumentException("code: " + (code.isEmpty() ? "missing" : code) + " (expected: Ok)");
        }
        var route = RoutingProtocol.firstRoute(body);
        return Travel.routed(
                Math.round(RoutingProtocol.number(route, "duration") * MS_PER_SECOND),
                RoutingProtocol.number(route, "distance"),
                RoutingProtocol.path(route.path("geometry")));
    }
}
