package waybill.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.OrderId;
import waybill.server.dialect.Rejection;
import waybill.server.dialect.Report;
import waybill.server.dialect.Timestamps;

/// Reads `POST /drivers/me/location`. Each position of a list stands for itself: one that cannot be understood is
/// rejected, the others are taken.
///
/// @param rejected what could not be understood
record PositionForm(List<Report> reports, boolean isList, List<Rejection> rejected) {

    private static final String WHOLE = "body";
    private static final double UNKNOWN = -1;

    /// Reads a body that is an object, or a list of as many elements as may be. Throws the [Problem] that it has with
    /// it
    /// when there is nothing else in it.
    static PositionForm of(JsonNode body) {
        if (!body.isArray()) {
            try {
                return new PositionForm(List.of(report(body)), false, List.of());
            } catch (Odd odd) {
                throw Problem.invalid(odd.field, odd.text());
            }
        }
        var reports = new ArrayList<Report>();
        var rejected = new ArrayList<Rejection>();
        for (var i = 0; i < body.size(); i++) {
            try {
                reports.add(report(body.get(i)));
            } catch (Odd odd) {
                rejected.add(new Rejection(i, odd.field, odd.text()));
            }
        }
        if (reports.isEmpty()) {
            var first = rejected.getFirst();
            var field = first.field().equals(WHOLE) ? "[0]" : "[0]." + first.field();
            throw Problem.invalid(
                    field, field + first.message().substring(first.field().length()));
        }
        return new PositionForm(reports, true, rejected);
    }

    /// A value that is not what it should be.
    private static final class Odd extends Exception {

        private final String field;
        private final String text;

        Odd(String field, String was, String expected) {
            super(field, null, false, false);
            this.field = field;
            text = field + ": " + was + " (expected: " + expected + ")";
        }

        String text() {
            return text;
        }
    }

    private static Report report(JsonNode json) throws Odd {
        if (!json.isObject()) {
            throw new Odd(WHOLE, Expectation.shown(json), "an object");
        }
        return new Report(
                orderId(json),
                new Position(needed(json, "latitude", 90), needed(json, "longitude", 180)),
                ifKnown(json, "heading", 360),
                ifKnown(json, "speed", Double.MAX_VALUE),
                ifKnown(json, "accuracy", Double.MAX_VALUE),
                recordedAt(json));
    }

    private static double needed(JsonNode json, String name, int most) throws Odd {
        var value = json.path(name);
        if (!value.isNumber()) {
            throw new Odd(name, value.isMissingNode() ? "missing" : Expectation.shown(value), "a number");
        }
        var number = value.doubleValue();
        if (!(Math.abs(number) <= most)) {
            throw new Odd(name, Expectation.shown(value), -most + ".." + most);
        }
        return number;
    }

    /// Null and -1 stand for what a phone does not know.
    private static double ifKnown(JsonNode json, String name, double most) throws Odd {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Report.NOT_SAID;
        }
        if (!value.isNumber()) {
            throw new Odd(name, Expectation.shown(value), "a number or null");
        }
        var number = value.doubleValue();
        if (number == UNKNOWN) {
            return Report.NOT_SAID;
        }
        if (!(number >= 0 && number <= most)) {
            throw new Odd(name, Expectation.shown(value), most == Double.MAX_VALUE ? "0 or more" : "0.." + (int) most);
        }
        return number;
    }

    private static @Nullable OrderId orderId(JsonNode json) throws Odd {
        var value = json.path("orderId");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        var id = value.isTextual() ? OrderId.parse(value.asText()) : Optional.<OrderId>empty();
        if (id.isEmpty()) {
            throw new Odd("orderId", Expectation.shown(value), "a UUID");
        }
        return id.get();
    }

    /// Null, 0 and -1 stand for what a phone does not know.
    private static @Nullable Instant recordedAt(JsonNode json) throws Odd {
        var value = json.path("recordedAt");
        var isUnknown = value.isNumber() && (value.doubleValue() == 0 || value.doubleValue() == UNKNOWN);
        if (value.isMissingNode() || value.isNull() || isUnknown) {
            return null;
        }
        var time = value.isNumber()
                ? Timestamps.parse(value.doubleValue())
                : value.isTextual() ? Timestamps.parse(value.asText()) : Optional.<Instant>empty();
        if (time.isEmpty()) {
            throw new Odd("recordedAt", Expectation.shown(value), "a time such as 2026-01-31T12:00:00Z");
        }
        return time.get();
    }
}
