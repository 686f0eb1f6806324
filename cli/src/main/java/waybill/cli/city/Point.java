package waybill.cli.city;

/// A place in the plane of the city: metres to the east and to the north of its centre. Also the way from one place to
/// another.
public record Point(double x, double y) {

    public static Point at(double angle, double length) {
        return new Point(StrictMath.cos(angle) * length, StrictMath.sin(angle) * length);
    }

    Point plus(Point other) {
        return new Point(x + other.x, y + other.y);
    }

    Point minus(Point other) {
        return new Point(x - other.x, y - other.y);
    }

    Point times(double factor) {
        return new Point(x * factor, y * factor);
    }

    Point towards(Point other, double fraction) {
        return new Point(x + (other.x - x) * fraction, y + (other.y - y) * fraction);
    }

    double dot(Point other) {
        return x * other.x + y * other.y;
    }

    double cross(Point other) {
        return x * other.y - y * other.x;
    }

    double length() {
        return Math.sqrt(x * x + y * y);
    }

    public double distanceTo(Point other) {
        return Math.sqrt((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y));
    }

    /// The direction, as a vector of one metre; nothing stays nothing.
    Point unit() {
        var length = length();
        return length == 0 ? this : times(1 / length);
    }

    /// A quarter turn to the left.
    Point left() {
        return new Point(-y, x);
    }

    public double angle() {
        return StrictMath.atan2(y, x);
    }
}
