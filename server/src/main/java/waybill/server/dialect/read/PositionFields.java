package waybill.server.dialect.read;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.order.OrderId;
import waybill.server.dialect.ClientMessage;

/// The field names of a position in a dialect.
///
/// @param needsOrder whether a driver must name the order that it is busy with
public record PositionFields(String latitude, String longitude, String order, String recordedAt, boolean needsOrder) {

    /// How many positions a driver may report at once.
    static final int REPORTS_MAX = 500;

    /// Parses one position, or a list of them. An invalid one of a list is rejected without the others; a list
    /// without a valid one is malformed.
    public ClientMessage parse(PayloadReader reader) throws IOException, InvalidPayload {
        if (!reader.isArray()) {
            return new ClientMessage.Positions(List.of(parseReport(reader)));
        }
        var reports = new ArrayList<PositionReport>();
        var rejected = new ArrayList<RejectedPosition>();
        @Nullable InvalidPayload first = null;
        while (reader.nextElement()) {
            if (reports.size() + rejected.size() == REPORTS_MAX) {
                throw new InvalidPayload(
                        "payload",
                        "payload: more than " + REPORTS_MAX + " positions (expected: 1.." + REPORTS_MAX + ")");
            }
            try {
                reports.add(parseReport(reader));
            } catch (InvalidPayload e) {
                first = first == null ? e : first;
                rejected.add(e.toRejectedPosition(reader.index()));
                reader.skipElement();
            }
        }
        if (reports.isEmpty()) {
            throw first != null
                    ? first
                    : new InvalidPayload("payload", "payload: no position (expected: 1.." + REPORTS_MAX + ")");
        }
        return new ClientMessage.PositionList(reports, rejected);
    }

    private PositionReport parseReport(PayloadReader reader) throws IOException, InvalidPayload {
        var atLatitude = PositionReport.UNKNOWN;
        var atLongitude = PositionReport.UNKNOWN;
        var heading = PositionReport.UNKNOWN;
        var speed = PositionReport.UNKNOWN;
        var accuracy = PositionReport.UNKNOWN;
        @Nullable OrderId id = null;
        @Nullable Instant at = null;
        reader.enterObject();
        for (var name = reader.nextField(); name != null; name = reader.nextField()) {
            if (name.equals(latitude)) {
                atLatitude = reader.number(NumberRange.LATITUDE);
            } else if (name.equals(longitude)) {
                atLongitude = reader.number(NumberRange.LONGITUDE);
            } else if (name.equals("heading")) {
                heading = reader.numberOrUnknown(NumberRange.HEADING);
            } else if (name.equals("speed")) {
                speed = reader.numberOrUnknown(NumberRange.AMOUNT);
            } else if (name.equals("accuracy")) {
                accuracy = reader.numberOrUnknown(NumberRange.AMOUNT);
            } else if (name.equals(order)) {
                id = reader.orderId();
            } else if (name.equals(recordedAt)) {
                at = reader.timeOrUnknown();
            } else {
                reader.skip();
            }
        }
        if (id == null && needsOrder) {
            throw reader.missing(order, "a UUID");
        }
        return new PositionReport(id, position(reader, atLatitude, atLongitude), heading, speed, accuracy, at);
    }

    private Position position(PayloadReader reader, double atLatitude, double atLongitude) throws InvalidPayload {
        if (Double.isNaN(atLatitude)) {
            throw reader.missing(latitude, "a number, " + NumberRange.LATITUDE.text());
        }
        if (Double.isNaN(atLongitude)) {
            throw reader.missing(longitude, "a number, " + NumberRange.LONGITUDE.text());
        }
        return new Position(atLatitude, atLongitude);
    }
}
