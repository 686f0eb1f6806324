package waybill.server.rest.link;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import waybill.geo.Position;
import waybill.hub.link.LinkView;
import waybill.hub.link.LinkView.LinkEta;
import waybill.hub.link.LinkView.LinkPosition;
import waybill.server.rest.http.JsonWriter;

/// Renders what a public link shows.
final class LinkJson {

    private LinkJson() {}

    static String view(LinkView view) {
        return JsonWriter.object(json -> {
            writeState(view, json);
            if (view.etaOrNone() != null) {
                json.writeObjectFieldStart("eta");
                write(view.etaOrNone(), json);
                json.writeEndObject();
            }
            if (view.positionOrNone() != null) {
                json.writeObjectFieldStart("position");
                write(view.positionOrNone(), json);
                json.writeEndObject();
            }
        });
    }

    static String eta(LinkEta eta) {
        return JsonWriter.object(json -> write(eta, json));
    }

    static String position(LinkPosition position) {
        return JsonWriter.object(json -> write(position, json));
    }

    /// Names the state of a view, on every node and after a restart: two views with one name differ in position and
    /// ETA at most.
    static String stateId(LinkView view) {
        var checksum = new CRC32();
        checksum.update(JsonWriter.object(json -> writeState(view, json)).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(checksum.getValue(), Integer.SIZE / 4);
    }

    private static void writeState(LinkView view, JsonGenerator json) throws IOException {
        json.writeStringField("orderNumber", view.orderNumber());
        json.writeStringField("storeName", view.storeName());
        json.writeStringField("status", view.state().wireName());
        json.writeBooleanField("ended", view.isEnded());
        JsonWriter.text(json, "driverName", Optional.ofNullable(view.driverOrNone()));
        if (view.stopsBeforeOrNone() != null) {
            json.writeNumberField("stopsBefore", view.stopsBeforeOrNone());
        }
        var destination = view.destinationOrNone();
        if (destination != null) {
            json.writeObjectFieldStart("destination");
            write(destination, json);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("steps");
        for (var step : view.steps()) {
            json.writeStartObject();
            json.writeStringField("status", step.state().wireName());
            json.writeStringField("at", JsonWriter.time(step.at()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(LinkEta eta, JsonGenerator json) throws IOException {
        json.writeNumberField("minutes", eta.minutes());
        json.writeNumberField("low", eta.low());
        json.writeNumberField("high", eta.high());
        json.writeStringField("estimatedDeliveryTime", JsonWriter.time(eta.estimatedDeliveryTime()));
    }

    private static void write(LinkPosition position, JsonGenerator json) throws IOException {
        write(position.position(), json);
        json.writeStringField("precision", position.isExact() ? "exact" : "kilometre");
        json.writeStringField("recordedAt", JsonWriter.time(position.recordedAt()));
    }

    private static void write(Position position, JsonGenerator json) throws IOException {
        json.writeNumberField("latitude", position.latitude());
        json.writeNumberField("longitude", position.longitude());
    }
}
