package waybill.server.dialect.read;

import java.io.IOException;
import waybill.hub.position.FleetView;
import waybill.server.dialect.ClientMessage;

/// Parses `{bounds: {west, south, east, north}, zoom}`.
public final class FleetViewParser {

    private double west = Double.NaN;
    private double south = Double.NaN;
    private double east = Double.NaN;
    private double north = Double.NaN;
    private double zoom = Double.NaN;

    private FleetViewParser() {}

    public static ClientMessage parse(String json) {
        return PayloadParsers.parse(json, reader -> new FleetViewParser().parse(reader));
    }

    private ClientMessage parse(PayloadReader reader) throws IOException, InvalidPayload {
        reader.enterObject();
        for (var name = reader.nextField(); name != null; name = reader.nextField()) {
            switch (name) {
                case "bounds" -> parseBounds(reader);
                case "zoom" -> zoom = reader.number(NumberRange.ZOOM);
                default -> reader.skip();
            }
        }
        requirePresent(reader, "bounds.west", west, NumberRange.LONGITUDE);
        requirePresent(reader, "bounds.south", south, NumberRange.LATITUDE);
        requirePresent(reader, "bounds.east", east, NumberRange.LONGITUDE);
        requirePresent(reader, "bounds.north", north, NumberRange.LATITUDE);
        requirePresent(reader, "zoom", zoom, NumberRange.ZOOM);
        if (south > north) {
            throw new InvalidPayload("bounds.south", "bounds.south: " + south + " (expected: at most bounds.north)");
        }
        return new ClientMessage.WatchFleet(new FleetView(west, south, east, north, zoom));
    }

    private void parseBounds(PayloadReader reader) throws IOException, InvalidPayload {
        reader.enterObject();
        for (var name = reader.nextField(); name != null; name = reader.nextField()) {
            reader.setName("bounds." + name);
            switch (name) {
                case "west" -> west = reader.number(NumberRange.LONGITUDE);
                case "south" -> south = reader.number(NumberRange.LATITUDE);
                case "east" -> east = reader.number(NumberRange.LONGITUDE);
                case "north" -> north = reader.number(NumberRange.LATITUDE);
                default -> reader.skip();
            }
        }
    }

    private static void requirePresent(PayloadReader reader, String field, double value, NumberRange range)
            throws InvalidPayload {
        if (Double.isNaN(value)) {
            throw reader.missing(field, "a number, " + range.text());
        }
    }
}
