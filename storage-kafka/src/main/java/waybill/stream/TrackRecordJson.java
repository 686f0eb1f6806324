package waybill.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;

/// The value of a record: a point as a JSON object. What the phone did not report is absent.
final class TrackRecordJson {

    private static final JsonFactory JSON = new JsonFactory();

    private TrackRecordJson() {}

    static byte[] encode(ClassifiedFix point) {
        var fix = point.fix();
        var bytes = new ByteArrayOutputStream(192);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("driverId", fix.driver());
            json.writeNumberField("latitude", fix.position().latitude());
            json.writeNumberField("longitude", fix.position().longitude());
            writeKnown(json, "heading", fix.heading());
            writeKnown(json, "speed", fix.speed());
            writeKnown(json, "accuracy", fix.accuracy());
            json.writeNumberField("recordedAtMs", fix.recordedAtMs());
            json.writeNumberField("receivedAtMs", fix.receivedAtMs());
            json.writeStringField("status", point.status().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of an array in memory
        }
        return bytes.toByteArray();
    }

    private static void writeKnown(JsonGenerator json, String name, double value) throws IOException {
        if (Fix.isKnown(value)) {
            json.writeNumberField(name, value);
        }
    }
}
