package waybill.cli.city;

import waybill.geo.Position;

/// Puts the plane of a city on the Earth. Off by less than a metre at the city's edge.
///
/// @param centre the place of the origin
public record MapProjection(Position centre) {

    public Position position(Point point) {
        return new Position(
                centre.latitude() + point.y() / Position.METRES_PER_DEGREE,
                centre.longitude() + point.x() / metresPerLongitude());
    }

    public Point point(Position position) {
        return new Point(
                (position.longitude() - centre.longitude()) * metresPerLongitude(),
                (position.latitude() - centre.latitude()) * Position.METRES_PER_DEGREE);
    }

    private double metresPerLongitude() {
        return Position.METRES_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(centre.latitude()));
    }
}
