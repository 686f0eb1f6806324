package waybill.cli.city;

import java.util.List;

/// A way through the streets.
///
/// @param points from the start to the end
/// @param seconds from the start to each point
public record Route(List<Point> points, List<Double> seconds) {

    /// Where a driver is on a route.
    ///
    /// @param heading degrees clockwise from north
    /// @param speed metres per second
    public record Progress(Point point, double heading, double speed) {}

    public double duration() {
        return seconds.getLast();
    }

    public double length() {
        return Lines.length(points);
    }

    /// Where a driver is after `time` seconds; at the end, beyond it.
    public Progress at(double time) {
        for (var i = 1; i < points.size(); i++) {
            var from = points.get(i - 1);
            var to = points.get(i);
            var duration = seconds.get(i) - seconds.get(i - 1);
            if (time < seconds.get(i) && duration > 0) {
                var share = Math.max(0, time - seconds.get(i - 1)) / duration;
                return new Progress(from.towards(to, share), heading(from, to), from.distanceTo(to) / duration);
            }
        }
        var before = points.get(Math.max(0, points.size() - 2));
        return new Progress(points.getLast(), heading(before, points.getLast()), 0);
    }

    private static double heading(Point from, Point to) {
        var degrees = Math.toDegrees(StrictMath.atan2(to.x() - from.x(), to.y() - from.y()));
        return degrees < 0 ? degrees + 360 : degrees;
    }
}
