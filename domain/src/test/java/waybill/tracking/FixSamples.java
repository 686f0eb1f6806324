package waybill.tracking;

import waybill.geo.Position;

/// Fixes along a road that leads north from the equator.
final class FixSamples {

    static final String KARI = "kari";
    static final double METRES_PER_DEGREE = 111_195.08;
    static final double ACCURACY = 10;

    private static final long NOON_MS = 1_767_268_800_000L;

    private FixSamples() {}

    static long ms(double seconds) {
        return NOON_MS + Math.round(seconds * 1_000);
    }

    static Fix fix(double seconds, double metres) {
        return fix(KARI, seconds, metres);
    }

    static Fix fix(String driver, double seconds, double metres) {
        return fix(driver, seconds, metres, Fix.UNKNOWN);
    }

    static Fix fix(String driver, double seconds, double metres, double speed) {
        var at = ms(seconds);
        return new Fix(driver, positionAt(metres), Fix.UNKNOWN, speed, ACCURACY, at, at);
    }

    static Position positionAt(double metres) {
        return new Position(metres / METRES_PER_DEGREE, 0);
    }
}
