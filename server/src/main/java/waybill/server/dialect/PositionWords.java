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

    /// One position, or a list of them. What cannot be understood of a list is rejected alone; a list of nothing else
    /// is
    /// not understood itself.
    Heard hear(Reading reading) throws IOException, NotUnderstood {
        if (!reading.isList()) {
            return new Heard.Positions(List.of(report(reading)));
        }
        var reports = new ArrayList<Report>();
        var rejected = new ArrayList<Rejection>();
        @Nullable NotUnderstood first = null;
        while (reading.nextOfList()) {
            if (reports.size() + rejected.size() == REPORTS_MAX) {
                throw new NotUnderstood(
                        "payload",
                        "payload: more than " + REPORTS_MAX + " positions (expected: 1.." + REPORTS_MAX + ")");
            }
            try {
                reports.add(report(reading));
            } catch (NotUnderstood e) {
                first = first == null ? e : first;
                rejected.add(e.rejection(reading.index()));
                reading.leaveElement();
            }
        }
        if (reports.isEmpty()) {
            throw first != null
                    ? first
                    : new NotUnderstood("payload", "payload: no position (expected: 1.." + REPORTS_MAX + ")");
        }
        return new Heard.PositionList(reports, rejected);
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
                heading = reading.numberIfKnown(Range.HEADING);
            } else if (name.equals("speed")) {
                speed = reading.numberIfKnown(Range.AMOUNT);
            } else if (name.equals("accuracy")) {
                accuracy = reading.numberIfKnown(Range.AMOUNT);
            } else if (name.equals(order)) {
                id = reading.orderId();
            } else if (name.equals(recordedAt)) {
                at = reading.timeIfKnown();
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
