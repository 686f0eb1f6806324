package waybill.bench.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.Optional;

/// A valid position report of a driver.
record PositionMessage(String orderId, double latitude, double longitude, double heading, double speed) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int TEXT_LENGTH = 256;

    /// Parses a position; empty for any other JSON text.
    static Optional<PositionMessage> parse(String json) {
        try (var parser = JSON.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? parse(parser) : Optional.empty();
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<PositionMessage> parse(JsonParser parser) throws IOException {
        var orderId = "";
        var latitude = Double.NaN;
        var longitude = Double.NaN;
        var heading = Double.NaN;
        var speed = Double.NaN;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            switch (name) {
                case "orderId" -> orderId = token == JsonToken.VALUE_STRING ? parser.getText() : "";
                case "latitude" -> latitude = number(parser, token);
                case "longitude" -> longitude = number(parser, token);
                case "heading" -> heading = number(parser, token);
                case "speed" -> speed = number(parser, token);
                default -> parser.skipChildren();
            }
        }
        var isValid = !orderId.isEmpty()
                && isBetween(latitude, -90, 90)
                && isBetween(longitude, -180, 180)
                && isBetween(heading, 0, 360)
                && isBetween(speed, 0, Double.MAX_VALUE);
        return isValid
                ? Optional.of(new PositionMessage(orderId, latitude, longitude, heading, speed))
                : Optional.empty();
    }

    private static double number(JsonParser parser, JsonToken token) throws IOException {
        return token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
    }

    private static boolean isBetween(double value, double least, double most) {
        return least <= value && value <= most;
    }

    /// The JSON for the order's viewers.
    String update(String driverId, long nowMs) {
        var text = new StringBuilder(TEXT_LENGTH);
        text.append("{\"orderId\":\"");
        quote(orderId, text);
        text.append("\",\"latitude\":").append(latitude);
        text.append(",\"longitude\":").append(longitude);
        text.append(",\"heading\":").append(heading);
        text.append(",\"speed\":").append(speed);
        text.append(",\"driverId\":\"");
        quote(driverId, text);
        return text.append("\",\"timestamp\":").append(nowMs).append('}').toString();
    }

    /// The JSON of the driver's ack.
    String acknowledgement(long nowMs) {
        var text = new StringBuilder(TEXT_LENGTH);
        text.append("{\"orderId\":\"");
        quote(orderId, text);
        return text.append("\",\"timestamp\":").append(nowMs).append('}').toString();
    }

    private static void quote(String value, StringBuilder text) {
        JsonStringEncoder.getInstance().quoteAsString(value, text);
    }
}
