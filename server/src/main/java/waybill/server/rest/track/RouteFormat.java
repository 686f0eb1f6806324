package waybill.server.rest.track;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import waybill.geo.Position;
import waybill.hub.position.DrivenRoute;
import waybill.order.Order;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;
import waybill.tracking.Fix;
import waybill.tracking.RouteBuilder.RoutePoint;

/// The formats of a route.
public enum RouteFormat {
    /// Every point with all fields that its phone sent.
    JSON("json", "application/json"),

    /// RFC 7946: a feature for a map.
    GEOJSON("geojson", "application/geo+json"),

    /// GPX 1.1.
    GPX("gpx", "application/gpx+xml");

    private final String parameter;
    private final String mediaType;

    RouteFormat(String parameter, String mediaType) {
        this.parameter = parameter;
        this.mediaType = mediaType;
    }

    /// The requested format: by `format=`, or else by the media type, or else the first.
    public static RouteFormat of(ApiRequest call) {
        return call.find("format")
                .map(parameter -> first(Stream.of(values()).filter(form -> form.parameter.equals(parameter))))
                .orElseGet(() ->
                        first(Stream.of(values()).filter(form -> form.mediaType.equals(call.acceptedTypeOrNone()))));
    }

    private static RouteFormat first(Stream<RouteFormat> forms) {
        return forms.findFirst().orElse(JSON);
    }

    public ApiResponse response(Order order, DrivenRoute route) {
        return new ApiResponse(200, mediaType, text(order, route), Map.of());
    }

    private String text(Order order, DrivenRoute route) {
        return switch (this) {
            case JSON -> json(order, route);
            case GEOJSON -> geoJson(order, route);
            case GPX -> RouteGpx.of(order, route);
        };
    }

    private static String json(Order order, DrivenRoute route) {
        return JsonWriter.object(json -> {
            writeSummary(order, route, json);
            json.writeArrayFieldStart("points");
            for (var point : route.points()) {
                write(point, json);
            }
            json.writeEndArray();
        });
    }

    private static void writeSummary(Order order, DrivenRoute route, JsonGenerator json) throws IOException {
        json.writeStringField("orderId", order.id().toString());
        json.writeStringField("orderNumber", order.number());
        json.writeNumberField("distanceMetres", Math.round(route.metres()));
        json.writeBooleanField("thinned", route.isThinned());
        json.writeBooleanField("complete", route.isComplete());
    }

    private static void write(RoutePoint point, JsonGenerator json) throws IOException {
        var fix = point.fix();
        json.writeStartObject();
        json.writeStringField("driverId", fix.driver());
        json.writeNumberField("latitude", fix.position().latitude());
        json.writeNumberField("longitude", fix.position().longitude());
        writeIfKnown(json, "heading", fix.heading());
        writeIfKnown(json, "speed", fix.speed());
        writeIfKnown(json, "accuracy", fix.accuracy());
        json.writeStringField("recordedAt", JsonWriter.time(Instant.ofEpochMilli(fix.recordedAtMs())));
        json.writeStringField("receivedAt", JsonWriter.time(Instant.ofEpochMilli(fix.receivedAtMs())));
        json.writeBooleanField("plausible", point.isPlausible());
        json.writeEndObject();
    }

    private static void writeIfKnown(JsonGenerator json, String name, double value) throws IOException {
        if (Fix.isKnown(value)) {
            json.writeNumberField(name, value);
        }
    }

    private static String geoJson(Order order, DrivenRoute route) {
        return JsonWriter.object(json -> {
            json.writeStringField("type", "Feature");
            writeGeometry(route.legs(), json);
            json.writeObjectFieldStart("properties");
            writeSummary(order, route, json);
            json.writeEndObject();
        });
    }

    /// A line needs two points, each driver has lines of its own, and none crosses the meridian of 180 degrees.
    private static void writeGeometry(List<List<RoutePoint>> legs, JsonGenerator json) throws IOException {
        if (legs.isEmpty()) {
            json.writeNullField("geometry");
            return;
        }
        var lines = legs.stream()
                .map(leg -> leg.stream().map(point -> point.fix().position()).toList())
                .flatMap(leg -> Antimeridian.split(leg).stream())
                .toList();
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", lines.isEmpty() ? "Point" : lines.size() == 1 ? "LineString" : "MultiLineString");
        json.writeFieldName("coordinates");
        if (lines.isEmpty()) {
            writeCoordinates(legs.getFirst().getFirst().fix().position(), json);
        } else if (lines.size() == 1) {
            writeCoordinates(lines.getFirst(), json);
        } else {
            json.writeStartArray();
            for (var line : lines) {
                writeCoordinates(line, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeCoordinates(List<Position> line, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (var position : line) {
            writeCoordinates(position, json);
        }
        json.writeEndArray();
    }

    private static void writeCoordinates(Position position, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(position.longitude());
        json.writeNumber(position.latitude());
        json.writeEndArray();
    }
}
