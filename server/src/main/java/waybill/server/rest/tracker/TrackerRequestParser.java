package waybill.server.rest.tracker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.server.identity.BearerTokens;
import waybill.server.rest.http.RawRequest;
import waybill.server.rest.tracker.TrackerMessage.TrackerElement;

/// Parses the requests of apps: OsmAnd and Traccar Client up to version 8 send the fields in the query or in a form,
/// later versions of Traccar Client send JSON, one position or several. The first character of the body decides, not
/// its content type, which some apps do not send and others send wrong. Unknown fields are ignored.
///
/// Total: any request gives a message.
final class TrackerRequestParser {

    /// Levels of JSON.
    private static final int DEPTH_MAX = 20;

    private static final TrackerFields.Names FORM = new TrackerFields.Names("lat", "lon", "bearing", "timestamp");
    private static final TrackerFields.Names JSON_FIELDS =
            new TrackerFields.Names("latitude", "longitude", "heading", "timestamp");

    private static final List<String> KEYS = List.of("key", "id", "deviceid", "device_id", "deviceId");

    /// In metres per second.
    private static final double KNOT = 1852.0 / 3600;

    private static final double METRE_PER_SECOND = 1;

    /// The units that a request may name.
    private static final Map<String, Double> SPEED_UNITS = Map.of("kn", KNOT, "mps", METRE_PER_SECOND, "kmh", 1 / 3.6);

    /// The uncertainty in metres that a dilution of 1 stands for with a phone's receiver.
    private static final double DILUTION = 5;

    private static final double METRE = 1;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private TrackerRequestParser() {}

    static TrackerMessage parse(RawRequest request) {
        var query = new HashMap<String, String>();
        request.query().forEach((name, values) -> putFirst(query, name, values));
        var keyInHead = BearerTokens.find(request.authorization().orElse(null))
                .or(() -> key(query::get))
                .orElse(null);
        var body = request.body().strip();
        if (body.startsWith("{") || body.startsWith("[")) {
            return parseJson(body, keyInHead);
        }
        try {
            new QueryStringDecoder(body, StandardCharsets.UTF_8, /* hasPath= */ false)
                    .parameters()
                    .forEach((name, values) -> putFirst(query, name, values));
        } catch (IllegalArgumentException _) {
            return broken(keyInHead, "body: cannot be decoded (expected: a form, or JSON)");
        }
        var key = keyInHead == null ? key(query::get).orElse(null) : keyInHead;
        return new TrackerMessage(key, List.of(form(query)));
    }

    private static void putFirst(Map<String, String> fields, String name, List<String> values) {
        values.stream()
                .filter(value -> !value.isBlank())
                .findFirst()
                .ifPresent(value -> fields.putIfAbsent(name, value));
    }

    private static TrackerMessage broken(@Nullable String key, String message) {
        return new TrackerMessage(key, List.of(new TrackerElement.Broken("body", message)));
    }

    private static Optional<String> key(Function<String, @Nullable String> fields) {
        return KEYS.stream()
                .flatMap(name -> Optional.ofNullable(fields.apply(name)).stream())
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static TrackerElement form(Map<String, String> fields) {
        if (!fields.containsKey(FORM.heading()) && fields.containsKey("heading")) {
            fields.put(FORM.heading(), fields.get("heading"));
        }
        var isOsmAnd = isOsmAnd(fields);
        var speedUnit =
                SPEED_UNITS.getOrDefault(fields.getOrDefault("speedUnit", ""), isOsmAnd ? METRE_PER_SECOND : KNOT);
        return new TrackerFields(FORM, fields::get, speedUnit, isOsmAnd ? METRE : DILUTION).element();
    }

    /// Traccar's protocol has the speed in knots. OsmAnd gives metres per second to the same name, and the accuracy
    /// in metres to the name `hdop`, which is a dilution elsewhere. Its requests are told by the fields they lack.
    private static boolean isOsmAnd(Map<String, String> fields) {
        return fields.containsKey("hdop") && !fields.containsKey("accuracy") && !fields.containsKey("batt");
    }

    private static TrackerMessage parseJson(String body, @Nullable String keyInHead) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return broken(keyInHead, "body: no JSON" + where + " (expected: JSON)");
        }
        var reports = reports(json);
        var key = Optional.ofNullable(keyInHead)
                .or(() -> key(name -> scalarOrNone(json, name)))
                .or(() -> reports.stream()
                        .flatMap(one -> key(name -> scalarOrNone(one.envelope, name)).stream())
                        .findFirst())
                .orElse(null);
        var elements = new ArrayList<TrackerElement>();
        for (var report : reports) {
            var own = key(name -> scalarOrNone(report.envelope, name));
            elements.add(
                    keyInHead == null && own.isPresent() && !own.get().equals(key)
                            ? new TrackerElement.Broken(
                                    "device_id", "device_id: another one (expected: positions of one device)")
                            : report.element());
        }
        return new TrackerMessage(key, elements);
    }

    /// One report.
    ///
    /// @param envelope the object that may name the device
    /// @param location the object of the position
    /// @param isFlat whether both are the same, with the fields of a form
    private record JsonReport(JsonNode envelope, JsonNode location, boolean isFlat) {

        TrackerElement element() {
            if (!location.isObject()) {
                return new TrackerElement.Broken("location", "location: no object (expected: an object)");
            }
            var coords = location.path("coords");
            if (coords.isMissingNode() && isFlat) {
                var fields = new HashMap<String, String>();
                envelope.propertyStream()
                        .filter(field -> field.getValue().isValueNode()
                                && !field.getValue().isNull())
                        .forEach(field ->
                                fields.put(field.getKey(), field.getValue().asText()));
                return form(fields);
            }
            return new TrackerFields(
                            JSON_FIELDS,
                            name -> {
                                var own = scalarOrNone(coords, name);
                                return own == null ? scalarOrNone(location, name) : own;
                            },
                            METRE_PER_SECOND,
                            METRE)
                    .element();
        }
    }

    private static List<JsonReport> reports(JsonNode json) {
        if (json.isArray()) {
            return json.valueStream().flatMap(TrackerRequestParser::reportsOf).toList();
        }
        return reportsOf(json).toList();
    }

    private static Stream<JsonReport> reportsOf(JsonNode envelope) {
        var location = envelope.has("locations") ? envelope.get("locations") : envelope.path("location");
        if (location.isArray()) {
            return location.valueStream().map(one -> new JsonReport(envelope, one, false));
        }
        return Stream.of(
                location.isObject()
                        ? new JsonReport(envelope, location, false)
                        : new JsonReport(envelope, envelope, true));
    }

    private static @Nullable String scalarOrNone(JsonNode json, String name) {
        var value = json.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
