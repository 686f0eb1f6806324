package waybill.server.playback;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.hub.refusal.Refusal;
import waybill.order.OrderId;
import waybill.server.dialect.read.PayloadReader;

/// The fields of a request of a viewer. Each is checked when it is asked for.
record PlaybackRequest(Map<String, @Nullable Object> fields) {

    static final double SPEED_MIN = 0.1;
    static final double SPEED_MAX = 3_600;

    /// A field is not what it must be.
    static final class InvalidField extends Exception {

        private final transient Refusal refusal;

        InvalidField(String field, String found, String expected) {
            super(field + ": " + found + " (expected: " + expected + ")", null, false, false);
            refusal = Refusal.invalid(field, field + ": " + found + " (expected: " + expected + ")");
        }

        Refusal refusal() {
            return refusal;
        }
    }

    Optional<OrderId> order() throws InvalidField {
        var value = fields.get("orderId");
        if (value == null) {
            return Optional.empty();
        }
        var id = value instanceof String text ? OrderId.parse(text) : Optional.<OrderId>empty();
        if (id.isEmpty()) {
            throw new InvalidField("orderId", excerpt(value), "a UUID");
        }
        return id;
    }

    Instant time(String name) throws InvalidField {
        return optionalTime(name).orElseThrow(() -> new InvalidField(name, "missing", PayloadReader.TIME));
    }

    Optional<Instant> optionalTime(String name) throws InvalidField {
        var value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        var time = value instanceof String text
                ? PayloadReader.parseTime(text)
                : value instanceof Long millis ? PayloadReader.parseTime(millis.toString()) : Optional.<Instant>empty();
        if (time.isEmpty()) {
            throw new InvalidField(name, excerpt(value), PayloadReader.TIME);
        }
        return time;
    }

    /// NaN if it is absent.
    double speed() throws InvalidField {
        var value = fields.get("speed");
        if (value == null) {
            return Double.NaN;
        }
        if (!(value instanceof Number number) || number.doubleValue() < SPEED_MIN || number.doubleValue() > SPEED_MAX) {
            throw new InvalidField("speed", excerpt(value), SPEED_MIN + ".." + (int) SPEED_MAX);
        }
        return number.doubleValue();
    }

    boolean flag(String name, boolean usual) throws InvalidField {
        var value = fields.get(name);
        if (value == null) {
            return usual;
        }
        if (!(value instanceof Boolean flag)) {
            throw new InvalidField(name, excerpt(value), "true or false");
        }
        return flag;
    }

    /// @param usual if it is absent
    <T> T choice(String name, Map<String, T> choices, String usual) throws InvalidField {
        var value = fields.get(name);
        var chosen = value == null ? choices.get(usual) : choices.get(String.valueOf(value));
        if (chosen == null) {
            throw new InvalidField(
                    name,
                    excerpt(String.valueOf(value)),
                    "one of "
                            + String.join(
                                    ", ", choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    private static String excerpt(Object value) {
        return PayloadReader.excerpt(String.valueOf(value));
    }
}
