package waybill.server.rest.track;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.order.OrderId;
import waybill.server.dialect.read.Timestamps;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;

/// Parses `POST /drivers/me/location`. An invalid position of a list is rejected without the others.
///
/// @param rejected the ones that could not be parsed
record PositionInput(List<PositionReport> reports, boolean isList, List<RejectedPosition> rejected) {

    private static final String WHOLE = "body";
    private static final double UNKNOWN = -1;

    /// Parses a body that is an object, or a list of at most the allowed number of elements. Throws its [Problem]
    /// if no element is valid.
    static PositionInput of(JsonNode body) {
        if (!body.isArray()) {
            try {
                return new PositionInput(List.of(report(body)), false, List.of());
            } catch (InvalidField odd) {
                throw Problem.invalid(odd.field, odd.text());
            }
        }
        var reports = new ArrayList<PositionReport>();
        var rejected = new ArrayList<RejectedPosition>();
        for (var i = 0; i < body.size(); i++) {
            try {
                reports.add(report(body.get(i)));
            } catch (InvalidField odd) {
                rejected.add(new RejectedPosition(i, odd.field, odd.text()));
            }
        }
        if (reports.isEmpty()) {
            var first = rejected.getFirst();
            var field = first.field().equals(WHOLE) ? "[0]" : "[0]." + first.field();
            throw Problem.invalid(
                    field, field + first.message().substring(first.field().length()));
        }
        return new PositionInput(reports, true, rejected);
    }

    /// A value of the wrong type.
    private static final class InvalidField extends Exception {

        private final String field;
        private final String text;

        InvalidField(String field, String was, String expected) {
            super(field, null, false, false);
            this.field = field;
            text = field + ": " + was + " (expected: " + expected + ")";
        }

        String text() {
            return text;
        }
    }

    private static PositionReport report(JsonNode json) throws InvalidField {
        if (!json.isObject()) {
            throw new InvalidField(WHOLE, SchemaText.describeValue(json), "an object");
        }
        return new PositionReport(
                orderId(json),
                new Position(required(json, "latitude", 90), required(json, "longitude", 180)),
                optional(json, "heading", 360),
                optional(json, "speed", Double.MAX_VALUE),
                optional(json, "accuracy", Double.MAX_VALUE),
                recordedAt(json));
    }

    private static double required(JsonNode json, String name, int most) throws InvalidField {
        var value = json.path(name);
        if (!value.isNumber()) {
            throw new InvalidField(
                    name, value.isMissingNode() ? "missing" : SchemaText.describeValue(value), "a number");
        }
        var number = value.doubleValue();
        if (!(Math.abs(number) <= most)) {
            throw new InvalidField(name, SchemaText.describeValue(value), -most + ".." + most);
        }
        return number;
    }

    /// Null and -1 are unknown values.
    private static double optional(JsonNode json, String name, double most) throws InvalidField {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return PositionReport.UNKNOWN;
        }
        if (!value.isNumber()) {
            throw new InvalidField(name, SchemaText.describeValue(value), "a number or null");
        }
        var number = value.doubleValue();
        if (number == UNKNOWN) {
            return PositionReport.UNKNOWN;
        }
        if (!(number >= 0 && number <= most)) {
            throw new InvalidField(
                    name, SchemaText.describeValue(value), most == Double.MAX_VALUE ? "0 or more" : "0.." + (int) most);
        }
        return number;
    }

    private static @Nullable OrderId orderId(JsonNode json) throws InvalidField {
        var value = json.path("orderId");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        var id = value.isTextual() ? OrderId.parse(value.asText()) : Optional.<OrderId>empty();
        if (id.isEmpty()) {
            throw new InvalidField("orderId", SchemaText.describeValue(value), "a UUID");
        }
        return id.get();
    }

    /// Null, 0 and -1 are unknown times.
    private static @Nullable Instant recordedAt(JsonNode json) throws InvalidField {
        var value = json.path("recordedAt");
        var isUnknown = value.isNumber() && (value.doubleValue() == 0 || value.doubleValue() == UNKNOWN);
        if (value.isMissingNode() || value.isNull() || isUnknown) {
            return null;
        }
        var time = value.isNumber()
                ? Timestamps.parse(value.doubleValue())
                : value.isTextual() ? Timestamps.parse(value.asText()) : Optional.<Instant>empty();
        if (time.isEmpty()) {
            throw new InvalidField(
                    "recordedAt", SchemaText.describeValue(value), "a time such as 2026-01-31T12:00:00Z");
        }
        return time.get();
    }
}
