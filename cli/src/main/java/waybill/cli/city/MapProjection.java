package waybill.cli.city;

import waybill.geo.Position;

/// Puts the plane of the city on the Earth. Off by less than a metre at the city's edge.
public final class MapProjection {

    /// The centre of the invented city: in the North Sea, where no real one is.
    private static final Position CENTRE = new Position(55.75, 3.25);

    private static final double METRES_PER_LONGITUDE =
            Position.METRES_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(CENTRE.latitude()));

    private MapProjection() {}

    public static Position position(Point point) {
        return new Position(
                CENTRE.latitude() + point.y() / Position.METRES_PER_DEGREE,
                CENTRE.longitude() + point.x() / METRES_PER_LONGITUDE);
    }

    public static Point point(Position position) {
        return new Point(
                (position.longitude() - CENTRE.longitude()) * METRES_PER_LONGITUDE,
                (position.latitude() - CENTRE.latitude()) * Position.METRES_PER_DEGREE);
    }
}
