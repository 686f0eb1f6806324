package waybill.server.dialect;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.OrderId;

/// What a dialect calls the parts of a position that a driver reports.
///
/// @param needsOrder whether a driver must say which order it is busy with
record PositionWords(String latitude, String longitude, String order, String recordedAt, boolean needsOrder) {

    /// How many positions a driver may report at once.
    static final int REPORTS_MAX = 500;

    /// One position, or a list of them.
    Heard hear(Reading reading) throws IOException, NotUnderstood {
        if (!reading.isList()) {
            return new Heard.Positions(List.of(report(reading)));
        }
        var reports = new ArrayList<Report>();
        while (reading.nextOfList()) {
            if (reports.size() == REPORTS_MAX) {
                throw new NotUnderstood(
                        "payload",
                        "payload: more than " + REPORTS_MAX + " positions (expected: 1.." + REPORTS_MAX + ")");
            }
            reports.add(report(reading));
        }
        if (reports.isEmpty()) {
            throw new NotUnderstood("payload", "payload: no position (expected: 1.." + REPORTS_MAX + ")");
        }
        return new Heard.Positions(reports);
    }

    private Report report(Reading reading) throws IOException, NotUnderstood {
        var atLatitude = Report.NOT_SAID;
        var atLongitude = Report.NOT_SAID;
        var heading = Report.NOT_SAID;
        var speed = Report.NOT_SAID;
        var accuracy = Report.NOT_SAID;
        @Nullable OrderId id = null;
        @Nullable Instant at = null;
        reading.open();
        for (var name = reading.next(); name != null; name = reading.next()) {
            if (name.equals(latitude)) {
                atLatitude = reading.number(Range.LATITUDE);
            } else if (name.equals(longitude)) {
                atLongitude = reading.number(Range.LONGITUDE);
            } else if (name.equals("heading")) {
                heading = reading.number(Range.HEADING);
            } else if (name.equals("speed")) {
                speed = reading.number(Range.AMOUNT);
            } else if (name.equals("accuracy")) {
                accuracy = reading.number(Range.AMOUNT);
            } else if (name.equals(order)) {
                id = reading.orderId();
            } else if (name.equals(recordedAt)) {
                at = reading.time();
            } else {
                reading.skip();
            }
        }
        if (id == null && needsOrder) {
            throw reading.missing(order, "a UUID");
        }
        return new Report(id, position(reading, atLatitude, atLongitude), heading, speed, accuracy, at);
    }

    private Position position(Reading reading, double atLatitude, double atLongitude) throws NotUnderstood {
        if (Double.isNaN(atLatitude)) {
            throw reading.missing(latitude, "a number, " + Range.LATITUDE.words());
        }
        if (Double.isNaN(atLongitude)) {
            throw reading.missing(longitude, "a number, " + Range.LONGITUDE.words());
        }
        return new Position(atLatitude, atLongitude);
    }
}
