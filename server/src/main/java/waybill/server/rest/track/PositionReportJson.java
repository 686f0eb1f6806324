package waybill.server.rest.track;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import waybill.hub.position.RejectedPosition;
import waybill.server.rest.http.JsonWriter;

/// What the responses to all reports of positions begin with.
public final class PositionReportJson {

    private PositionReportJson() {}

    /// Writes how many positions were received and accepted, and why the others were not.
    public static void writeCounts(
            JsonGenerator json, int received, int accepted, List<RejectedPosition> rejected, Instant at)
            throws IOException {
        json.writeBooleanField("success", true);
        json.writeNumberField("received", received);
        json.writeStringField("receivedAt", JsonWriter.time(at));
        json.writeNumberField("accepted", accepted);
        json.writeArrayFieldStart("rejected");
        for (var rejection : rejected) {
            json.writeStartObject();
            json.writeNumberField("index", rejection.index());
            json.writeStringField("field", rejection.field());
            json.writeStringField("message", rejection.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
