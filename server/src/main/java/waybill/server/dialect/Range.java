package waybill.server.dialect;

/// Which numbers a field may have, and how that is said.
enum Range {
    LATITUDE(-90, 90, "-90..90"),
    LONGITUDE(-180, 180, "-180..180"),
    HEADING(0, 360, "0..360"),
    AMOUNT(0, Double.MAX_VALUE, "0 or more");

    private final double least;
    private final double most;
    private final String words;

    Range(double least, double most, String words) {
        this.least = least;
        this.most = most;
        this.words = words;
    }

    boolean holds(double value) {
        return value >= least && value <= most; // NaN is neither
    }

    String words() {
        return words;
    }
}
