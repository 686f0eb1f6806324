package waybill.cli.city;

import java.util.ArrayList;
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

    /// This route with the way from `here` to its start before it.
    public Route from(Point here) {
        var gap = here.distanceTo(points.getFirst());
        if (gap == 0) {
            return this;
        }
        var joined = new ArrayList<Point>(points.size() + 1);
        joined.add(here);
        joined.addAll(points);
        var times = new ArrayList<Double>(joined.size());
        times.add(0.0);
        seconds.forEach(time -> times.add(time + gap / RoadClass.MINOR.speed()));
        return new Route(List.copyOf(joined), List.copyOf(times));
    }

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
