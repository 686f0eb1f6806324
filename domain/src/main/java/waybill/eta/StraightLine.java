package waybill.eta;

import waybill.geo.Position;

/// Travel times from the straight line, for a hub that has learnt nothing yet and knows no roads.
public final class StraightLine {

    /// How much longer streets are than the straight line. In towns it is commonly a fifth to a half.
    private static final double DETOUR_FACTOR = 1.35;

    /// Metres per second through a town with its lights and corners, some 22 km/h: a bicycle is about as fast as a
    /// car.
    private static final double TYPICAL_SPEED = 6;

    /// Clear streets.
    private static final double BEST_FACTOR = 0.75;

    /// Traffic, a detour and no place to park.
    private static final double WORST_FACTOR = 1.5;

    private static final double SECONDS_PER_MINUTE = 60;

    private StraightLine() {}

    /// The time for that many metres along the straight line.
    static LegTime time(double metres) {
        var minutes = metres * DETOUR_FACTOR / TYPICAL_SPEED / SECONDS_PER_MINUTE;
        return new LegTime(minutes, minutes * BEST_FACTOR, minutes * WORST_FACTOR, 0);
    }

    /// The length of the streets from one place to another.
    public static double streetMetres(Position from, Position to) {
        return from.metresTo(to) * DETOUR_FACTOR;
    }

    /// Milliseconds from one place to another.
    public static long travelMs(Position from, Position to) {
        return Math.round(time(from.metresTo(to)).minutes() * LearntTravelTimes.MS_PER_MINUTE);
    }
}
