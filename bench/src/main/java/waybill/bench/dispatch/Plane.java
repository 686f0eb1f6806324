package waybill.bench.dispatch;

import waybill.dispatch.TravelTimes;
import waybill.geo.Position;

/// A plane in metres, laid onto the Earth where the equator meets the prime meridian: there a degree is equally long in
/// both directions, and a town is flat to within a few centimetres.
final class Plane {

    private static final long MINUTE_MS = 60_000;

    private Plane() {}

    static Position at(double xMetres, double yMetres) {
        return new Position(yMetres / Position.METRES_PER_DEGREE, xMetres / Position.METRES_PER_DEGREE);
    }

    static double metres(Position from, Position to) {
        return Position.METRES_PER_DEGREE
                * Math.hypot(from.latitude() - to.latitude(), from.longitude() - to.longitude());
    }

    /// Travel along the straight line, in whole minutes, rounded up.
    static TravelTimes atSpeed(double metresPerMinute) {
        return (from, to) -> MINUTE_MS * (long) Math.ceil(metres(from, to) / metresPerMinute - 1e-9);
    }
}
