package waybill.server.rest.track;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Shift;
import waybill.directory.Vehicle;
import waybill.geo.Area;
import waybill.geo.Position;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;
import waybill.server.rest.http.ApiRequest;

/// The status of a driver in a request, and what it changes of the shift: absent fields stay as they are, null
/// clears.
///
/// @param areaOrNone the area if `hasArea`; none clears it
/// @param endOrNone the end if `hasEnd`; none clears it
record ShiftInput(
        DriverStatus status,
        Optional<Integer> capacity,
        Optional<Vehicle> vehicle,
        boolean hasArea,
        @Nullable Area areaOrNone,
        boolean hasEnd,
        @Nullable Instant endOrNone) {

    private static final String AREA = "serviceArea";
    private static final String END = "shiftEndsAt";

    /// Throws the [Problem] of a body that matches the contract.
    static ShiftInput of(JsonInput body, Instant now) {
        var json = body.json();
        return new ShiftInput(
                DriverStatus.parse(body.text("status")).orElseThrow(),
                body.number("capacity").map(Long::intValue),
                body.find("vehicle").flatMap(Vehicle::parse),
                json.has(AREA),
                area(json.path(AREA)),
                json.has(END),
                end(json.path(END), now));
    }

    private static @Nullable Area area(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        if (json.has("polygon") == json.has("radius")) {
            throw Problem.invalid(
                    AREA,
                    AREA + ": " + (json.has("polygon") ? "a circle and a polygon" : "neither a circle nor a polygon")
                            + " (expected: latitude, longitude and radius, or polygon)");
        }
        if (json.has("radius")) {
            return new Area.Circle(position(json), json.path("radius").asDouble());
        }
        var corners =
                json.path("polygon").valueStream().map(ShiftInput::position).toList();
        try {
            return new Area.Polygon(corners);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(AREA + ".polygon", AREA + "." + e.getMessage());
        }
    }

    private static Position position(JsonNode json) {
        return new Position(
                json.path("latitude").asDouble(), json.path("longitude").asDouble());
    }

    private static @Nullable Instant end(JsonNode json, Instant now) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        var end = ApiRequest.time(END, json.asText());
        if (!end.isAfter(now) || end.isAfter(now.plus(Shift.LENGTH_MAX))) {
            throw Problem.invalid(
                    END,
                    END + ": " + SchemaText.quoted(json.asText()) + " (expected: a time after now, at most "
                            + Shift.LENGTH_MAX.toDays() + " days ahead)");
        }
        return end;
    }

    /// The driver after this change. Off duty it has no end of a shift, and one that is over is not that of the next.
    DriverState applyTo(Optional<DriverState> before, String driver, Instant now) {
        var shift = before.map(DriverState::shift).orElse(Shift.DEFAULT);
        shift = shift.withCapacity(capacity.orElse(shift.capacity())).withVehicle(vehicle.orElse(shift.vehicle()));
        if (hasArea) {
            shift = shift.withArea(areaOrNone);
        }
        if (hasEnd) {
            shift = shift.withEnd(endOrNone);
        }
        if (!status.isOnDuty() || shift.hasEnded(now)) {
            shift = shift.withEnd(null);
        }
        var since = before.filter(known -> known.status() == status)
                .map(DriverState::since)
                .orElse(now);
        return new DriverState(driver, status, since, shift);
    }
}
