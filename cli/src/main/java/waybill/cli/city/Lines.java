package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;

/// Lines of several points, and the polygons that they enclose.
public final class Lines {

    private Lines() {}

    public static double length(List<Point> line) {
        var sum = 0.0;
        for (var i = 1; i < line.size(); i++) {
            sum += line.get(i - 1).distanceTo(line.get(i));
        }
        return sum;
    }

    /// The place after `distance` metres; the end, beyond it.
    static Point along(List<Point> line, double distance) {
        var left = distance;
        for (var i = 1; i < line.size(); i++) {
            var step = line.get(i - 1).distanceTo(line.get(i));
            if (left <= step) {
                return step == 0 ? line.get(i) : line.get(i - 1).towards(line.get(i), Math.max(0, left) / step);
            }
            left -= step;
        }
        return line.getLast();
    }

    /// The distance of `point` to the line between two others.
    static double distance(Point point, Point from, Point to) {
        var way = to.minus(from);
        var square = way.dot(way);
        var fraction = square == 0 ? 0 : Math.clamp(point.minus(from).dot(way) / square, 0, 1);
        return point.distanceTo(from.towards(to, fraction));
    }

    static double distance(Point point, List<Point> line) {
        var nearest = Double.MAX_VALUE;
        for (var i = 1; i < line.size(); i++) {
            nearest = Math.min(nearest, distance(point, line.get(i - 1), line.get(i)));
        }
        return nearest;
    }

    /// The line without the points that are within `tolerance` of it anyway (Douglas and Peucker, 1973).
    public static List<Point> simplified(List<Point> line, double tolerance) {
        if (line.size() < 3) {
            return line;
        }
        var farthest = 0;
        var distance = tolerance;
        for (var i = 1; i < line.size() - 1; i++) {
            var one = distance(line.get(i), line.getFirst(), line.getLast());
            if (one > distance) {
                distance = one;
                farthest = i;
            }
        }
        if (farthest == 0) {
            return List.of(line.getFirst(), line.getLast());
        }
        var result = new ArrayList<>(simplified(line.subList(0, farthest + 1), tolerance));
        result.removeLast();
        result.addAll(simplified(line.subList(farthest, line.size()), tolerance));
        return result;
    }

    /// The area of a polygon, positive if its corners go to the left.
    public static double area(List<Point> corners) {
        var sum = 0.0;
        for (var i = 0; i < corners.size(); i++) {
            sum += corners.get(i).cross(corners.get((i + 1) % corners.size()));
        }
        return sum / 2;
    }

    public static Point centre(List<Point> corners) {
        var sum = new Point(0, 0);
        for (var corner : corners) {
            sum = sum.plus(corner);
        }
        return sum.times(1.0 / corners.size());
    }

    /// The part of a polygon to the left of a line through `origin`.
    static List<Point> leftOf(List<Point> corners, Point origin, Point direction) {
        var result = new ArrayList<Point>(corners.size() + 1);
        for (var i = 0; i < corners.size(); i++) {
            var from = corners.get(i);
            var to = corners.get((i + 1) % corners.size());
            var fromSide = direction.cross(from.minus(origin));
            var toSide = direction.cross(to.minus(origin));
            if (fromSide >= 0) {
                result.add(from);
            }
            if (fromSide >= 0 != toSide >= 0) {
                result.add(from.towards(to, fromSide / (fromSide - toSide)));
            }
        }
        return result;
    }
}
