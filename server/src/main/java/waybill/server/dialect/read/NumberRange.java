package waybill.server.dialect.read;

import waybill.hub.position.FleetView;

/// The allowed numbers of a field, and their text.
enum NumberRange {
    LATITUDE(-90, 90, "-90..90"),
    LONGITUDE(-180, 180, "-180..180"),
    HEADING(0, 360, "0..360"),
    ZOOM(0, FleetView.ZOOM_MAX, "0..24"),
    AMOUNT(0, Double.MAX_VALUE, "0 or more");

    private final double min;
    private final double max;
    private final String text;

    NumberRange(double least, double most, String text) {
        this.min = least;
        this.max = most;
        this.text = text;
    }

    boolean contains(double value) {
        return value >= min && value <= max; // NaN is neither
    }

    String text() {
        return text;
    }
}
