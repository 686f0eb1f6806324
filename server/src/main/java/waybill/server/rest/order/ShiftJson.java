package waybill.server.rest.order;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import waybill.directory.Shift;
import waybill.geo.Area;
import waybill.geo.Position;
import waybill.server.rest.http.JsonWriter;

/// The fields of a shift in a response.
public final class ShiftJson {

    private ShiftJson() {}

    public static void write(Shift shift, JsonGenerator json) throws IOException {
        json.writeNumberField("capacity", shift.capacity());
        json.writeStringField("vehicle", shift.vehicle().wireName());
        if (shift.areaOrNone() != null) {
            json.writeObjectFieldStart("serviceArea");
            write(shift.areaOrNone(), json);
            json.writeEndObject();
        }
        JsonWriter.text(json, "shiftEndsAt", shift.endsAt().map(JsonWriter::time));
    }

    private static void write(Area area, JsonGenerator json) throws IOException {
        switch (area) {
            case Area.Circle(var centre, var radius) -> {
                write(centre, json);
                json.writeNumberField("radius", radius);
            }
            case Area.Polygon(var corners) -> {
                json.writeArrayFieldStart("polygon");
                for (var corner : corners) {
                    json.writeStartObject();
                    write(corner, json);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        }
    }

    private static void write(Position position, JsonGenerator json) throws IOException {
        json.writeNumberField("latitude", position.latitude());
        json.writeNumberField("longitude", position.longitude());
    }
}
