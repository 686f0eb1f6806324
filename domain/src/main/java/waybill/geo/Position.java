package waybill.geo;

/// A point on the Earth: WGS 84, in degrees.
public record Position(double latitude, double longitude) {

    /// The mean radius of the Earth, as the International Union of Geodesy and Geophysics gives it.
    public static final double EARTH_RADIUS_METRES = 6_371_008.8;

    /// The length of a degree of latitude, or of longitude on the equator.
    public static final double METRES_PER_DEGREE = EARTH_RADIUS_METRES * Math.PI / 180;

    /// One degree of latitude is 111 km.
    private static final int ROUNDED_PER_DEGREE = 100;

    /// A rounded longitude has four decimal digits, which is ten metres.
    private static final double DIGITS = 10_000;

    private static final double SERIES_MAX = 0.01;

    /// Below this many degrees, which is one kilometre, a piece of the sphere is as good as flat.
    private static final double FLAT_DEGREES = 0.01;

    public Position {
        if (!(Math.abs(latitude) <= 90)) { // so written that NaN fails too
            throw new IllegalArgumentException("latitude: " + latitude + " (expected: -90..90)");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("longitude: " + longitude + " (expected: -180..180)");
        }
    }

    /// The nearest point of a grid of about a kilometre, which hides the street. Every position of a cell gives the
    /// same point.
    public Position rounded() {
        var north = Math.round(latitude * ROUNDED_PER_DEGREE) / (double) ROUNDED_PER_DEGREE;
        var perDegree = Math.max(1, Math.round(ROUNDED_PER_DEGREE * Math.cos(Math.toRadians(north))));
        var east = Math.round(longitude * perDegree) / (double) perDegree;
        return new Position(north, Math.round(east * DIGITS) / DIGITS);
    }

    /// The distance along a great circle, by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", 1984).
    /// The Earth is taken for a sphere, so it may be off by half a percent.
    public double metresTo(Position other) {
        var northDegrees = other.latitude - latitude;
        var eastDegrees = other.longitude - longitude;
        if (Math.abs(northDegrees) < FLAT_DEGREES && Math.abs(eastDegrees) < FLAT_DEGREES) {
            return flatMetres(northDegrees, eastDegrees, latitude + northDegrees / 2);
        }
        var from = Math.toRadians(latitude);
        var to = Math.toRadians(other.latitude);
        var north = Math.sin((to - from) / 2);
        var east = Math.sin(Math.toRadians(eastDegrees) / 2);
        var a = north * north + Math.cos(from) * Math.cos(to) * east * east;
        return 2 * EARTH_RADIUS_METRES * arcsine(Math.min(1, Math.sqrt(a)));
    }

    /// By Pythagoras, with the meridians as far apart as at the mean latitude: exact to a tenth of a millimetre, and in
    /// a
    /// third of the time. Most distances are those that a driver went since its last position.
    private static double flatMetres(double northDegrees, double eastDegrees, double meanLatitude) {
        var east = eastDegrees * Math.cos(Math.toRadians(meanLatitude));
        return METRES_PER_DEGREE * Math.sqrt(northDegrees * northDegrees + east * east);
    }

    /// [Math#asin] takes ten times as long as the first terms of its series, which are exact to a nanometre below 127
    /// km.
    private static double arcsine(double sine) {
        var square = sine * sine;
        return sine < SERIES_MAX ? sine * (1 + square * (1.0 / 6 + square * 3 / 40)) : Math.asin(sine);
    }
}
