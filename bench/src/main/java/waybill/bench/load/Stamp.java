package waybill.bench.load;

/// When an emit was due, as it travels in an event: the last digits of the generator's clock in microseconds, which
/// come round every thousand seconds. There is room for them behind the decimal point of a position, which every
/// server hands on, and a driver who is so stamped moves by a tenth of a metre a second.
final class Stamp {

    static final int DIGITS = 9;

    private static final long ROUND_US = 1_000_000_000L;

    private Stamp() {}

    /// How long ago the emit was due whose stamp begins at `from`. Zeros at its end may have been left out.
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
