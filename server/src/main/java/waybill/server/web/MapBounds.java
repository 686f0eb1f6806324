package waybill.server.web;

import java.util.Arrays;
import java.util.Optional;

/// A part of a map, in degrees.
record MapBounds(double west, double south, double east, double north) {

    /// Bounds end at multiples of it, so that those of many viewers are the same ones.
    private static final double STEP = 0.02;

    /// The bounds around `west,south,east,north`; empty if the text is none.
    static Optional<MapBounds> parse(String text) {
        try {
            var degrees = Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (degrees.length != 4 || !(degrees[0] <= degrees[2]) || !(degrees[1] <= degrees[3])) {
                return Optional.empty();
            }
            return Optional.of(new MapBounds(
                    Math.floor(degrees[0] / STEP) * STEP,
                    Math.floor(degrees[1] / STEP) * STEP,
                    Math.ceil(degrees[2] / STEP) * STEP,
                    Math.ceil(degrees[3] / STEP) * STEP));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    static MapBounds of(double longitude, double latitude) {
        return new MapBounds(longitude, latitude, longitude, latitude);
    }

    /// The bounds of both.
    MapBounds with(MapBounds other) {
        return new MapBounds(
                Math.min(west, other.west),
                Math.min(south, other.south),
                Math.max(east, other.east),
                Math.max(north, other.north));
    }

    boolean meets(MapBounds other) {
        return west <= other.east && east >= other.west && south <= other.north && north >= other.south;
    }
}
