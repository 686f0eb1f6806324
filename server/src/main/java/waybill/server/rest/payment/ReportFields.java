package waybill.server.rest.payment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/// Reads the fields of a report.
final class ReportFields {

    private static final int TEXT_MAX = 200;

    /// The names under which a shop notes the order of a payment.
    private static final List<String> ORDER = List.of("order_id", "orderId");

    private ReportFields() {}

    static String text(JsonNode object, String name) {
        var text = object.path(name).asText();
        if (text.isBlank() || text.length() > TEXT_MAX) {
            throw new IllegalArgumentException(
                    name + ": " + text.length() + " characters (expected: 1.." + TEXT_MAX + ")");
        }
        return text;
    }

    static long number(JsonNode object, String name) {
        var number = object.path(name);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
            throw new IllegalArgumentException(name + ": no whole number (expected: one of 0 or more)");
        }
        return number.longValue();
    }

    static Stream<String> orders(JsonNode notes) {
        return ORDER.stream().map(name -> notes.path(name).asText());
    }
}
