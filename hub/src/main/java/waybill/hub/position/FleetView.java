package waybill.hub.position;

import waybill.geo.Position;

/// The part of the map that a viewer of the fleet looks at. With `west` east of `east` it crosses the antimeridian.
///
/// @param zoom of a web map, 0 for the whole Earth; each step halves the length that a pixel covers
public record FleetView(double west, double south, double east, double north, double zoom) {

    public static final double ZOOM_MAX = 24;

    /// From this zoom on a driver moves by pixels in a second.
    private static final double ZOOM_NEAR = 10;

    private static final double ZOOM_FAR = 7;

    public FleetView {
        if (!(south <= north)) { // so written that NaN fails too
            throw new IllegalArgumentException("south: " + south + " (expected: at most north, " + north + ")");
        }
    }

    public boolean contains(Position position) {
        var isAcross = west > east;
        var isEast = position.longitude() >= west;
        var isWest = position.longitude() <= east;
        return position.latitude() >= south
                && position.latitude() <= north
                && (isAcross ? isEast || isWest : isEast && isWest);
    }

    /// How often the viewer is sent the drivers.
    public long intervalMs() {
        if (zoom >= ZOOM_NEAR) {
            return 1_000;
        }
        return zoom >= ZOOM_FAR ? 2_000 : 5_000;
    }
}
