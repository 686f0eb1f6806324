package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The direction of the streets at each place: a tensor field, in which a street and its cross streets are the same.
///
/// @param districts each with a grid of its own
/// @param centre around which streets are rings
record DirectionField(List<District> districts, Point centre, Terrain terrain, List<Double> phases) {

    /// @param angle of its grid
    /// @param reach in metres
    record District(Point centre, double angle, double reach) {}

    private static final double CENTRE_REACH = 420;
    private static final double BANK_REACH = 260;
    private static final int DISTRICTS = 9;

    static DirectionField of(Terrain terrain, SplittableRandom random) {
        var districts = new ArrayList<District>();
        for (var i = 0; i < DISTRICTS; i++) {
            var turn = 2 * StrictMath.PI * (i + random.nextDouble() * 0.7) / DISTRICTS;
            var distance = terrain.radius() * (0.35 + 0.6 * random.nextDouble());
            districts.add(new District(
                    Point.at(turn, distance), random.nextDouble() * StrictMath.PI, 420 + random.nextDouble() * 420));
        }
        var side = terrain.river().get(terrain.river().size() / 2).times(-0.35);
        return new DirectionField(
                List.copyOf(districts),
                side,
                terrain,
                List.of(
                        random.nextDouble() * 6,
                        random.nextDouble() * 6,
                        random.nextDouble() * 6,
                        random.nextDouble() * 6));
    }

    /// The angle of the streets of the first family; those of the second are at right angles to it.
    double angle(Point point) {
        var cos = 0.0;
        var sin = 0.0;
        for (var district : districts) {
            var weight = weight(point.distanceTo(district.centre), district.reach);
            cos += weight * StrictMath.cos(2 * district.angle);
            sin += weight * StrictMath.sin(2 * district.angle);
        }
        var fromCentre = point.minus(centre);
        var radial = 1.6 * weight(fromCentre.length(), CENTRE_REACH);
        var ring = fromCentre.angle() + StrictMath.PI / 2;
        cos += radial * StrictMath.cos(2 * ring);
        sin += radial * StrictMath.sin(2 * ring);
        var river = terrain.riverDistance(point);
        if (river < 3 * BANK_REACH) {
            var along = 2 * terrain.riverAngle(point);
            var weight = 2.2 * weight(river, BANK_REACH);
            cos += weight * StrictMath.cos(along);
            sin += weight * StrictMath.sin(along);
        }
        return StrictMath.atan2(sin, cos) / 2 + bend(point);
    }

    private static double weight(double distance, double reach) {
        return StrictMath.exp(-(distance / reach) * (distance / reach)) + 1e-6;
    }

    /// A slight bend, so that no grid is exact.
    private double bend(Point point) {
        return 0.09 * StrictMath.sin(point.x() / 310 + phases.get(0) + StrictMath.sin(point.y() / 420 + phases.get(1)))
                + 0.07
                        * StrictMath.sin(
                                point.y() / 270 + phases.get(2) + StrictMath.sin(point.x() / 390 + phases.get(3)));
    }
}
