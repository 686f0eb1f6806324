package waybill.server.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.regex.Pattern;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.geo.Position;

/// `computeRoutes` of Google Routes, with the traffic of now.
record GoogleProtocol(URI base, RoutingKey key) implements RoutingProtocol {

    private static final String FIELDS = "routes.duration,routes.distanceMeters";
    private static final String PATH = ",routes.polyline.geoJsonLinestring";

    /// A duration of protocol buffers in JSON, such as `165s`.
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

    private static final int MS_PER_SECOND = 1_000;

    @Override
    public HttpRequest.Builder request(TravelRequest travel) {
        var body = JsonNodeFactory.instance.objectNode();
        putPlace(body, "origin", travel.from());
        putPlace(body, "destination", travel.to());
        body.put("travelMode", "DRIVE").put("routingPreference", "TRAFFIC_AWARE");
        if (travel.needsPath()) {
            body.put("polylineEncoding", "GEO_JSON_LINESTRING");
        }
        return HttpRequest.newBuilder(URI.create(base + "/directions/v2:computeRoutes"))
                .header("content-type", "application/json")
                .header("X-Goog-Api-Key", key.value())
                .header("X-Goog-FieldMask", travel.needsPath() ? FIELDS + PATH : FIELDS)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    private static void putPlace(ObjectNode body, String name, Position place) {
        body.putObject(name)
                .putObject("location")
                .putObject("latLng")
                .put("latitude", place.latitude())
                .put("longitude", place.longitude());
    }

    @Override
    public Travel parse(JsonNode body) {
        var route = RoutingProtocol.firstRoute(body);
        var duration = DURATION.matcher(route.path("duration").asText());
        if (!duration.matches()) {
            throw new IllegalArgumentException("duration: missing or no duration (expected: such as 165s)");
        }
        return Travel.routed(
                Math.round(Double.parseDouble(duration.group(1)) * MS_PER_SECOND),
                RoutingProtocol.number(route, "distanceMeters"),
                RoutingProtocol.path(route.path("polyline").path("geoJsonLinestring")));
    }
}
