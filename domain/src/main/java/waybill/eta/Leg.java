package waybill.eta;

/// The way from one stop to the next.
///
/// @param metres along the straight line
/// @param hour the local hour in which it begins, from 0 to 23
public record Leg(String driver, double metres, int hour) {

    public Leg {
        if (!(metres >= 0)) { // so written that NaN fails too
            throw new IllegalArgumentException("metres: " + metres + " (expected: 0 or more)");
        }
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("hour: " + hour + " (expected: 0..23)");
        }
    }
}
