package waybill.bench.load;

/// The due time of an emit, carried in the event: the last digits of the generator's clock in microseconds, which
/// repeat every thousand seconds. They are the last decimals of a position, which every server forwards; a stamped
/// driver moves by a tenth of a metre a second.
final class Stamp {

    static final int DIGITS = 9;

    private static final long ROUND_US = 1_000_000_000L;

    private Stamp() {}

    /// The age of the emit whose stamp begins at `from`. Trailing zeros may be missing.
    static long ageUs(byte[] bytes, int from, int to, long nowUs) {
        var stamp = 0L;
        var at = from;
        for (var digit = 0; digit < DIGITS; digit++) {
            var isThere = at < to && bytes[at] >= '0' && bytes[at] <= '9';
            stamp = stamp * 10 + (isThere ? bytes[at++] - '0' : 0);
        }
        return Math.floorMod(nowUs - stamp, ROUND_US);
    }
}
