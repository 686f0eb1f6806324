package waybill.server.dialect.read;

/// Which numbers a field may have, and how that is said.
enum NumberRange {
    LATITUDE(-90, 90, "-90..90"),
    LONGITUDE(-180, 180, "-180..180"),
    HEADING(0, 360, "0..360"),
    AMOUNT(0, Double.MAX_VALUE, "0 or more");

    private final double min;
    private final double max;
    private final String words;

    NumberRange(double least, double most, String words) {
        this.min = least;
        this.max = most;
        this.words = words;
    }

    boolean contains(double value) {
        return value >= min && value <= max; // NaN is neither
    }

    String words() {
        return words;
    }
}
