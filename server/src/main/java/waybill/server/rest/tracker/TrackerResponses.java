package waybill.server.rest.tracker;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.hub.position.RejectedPosition;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.track.PositionReportJson;
import waybill.tracking.FixOutcome;

/// The responses to reports: apps look at their status only, their users at the rest.
final class TrackerResponses {

    private TrackerResponses() {}

    static ApiResponse of(
            int received,
            int accepted,
            List<RejectedPosition> rejected,
            @Nullable FixOutcome outcomeOrNone,
            Instant at,
            long nextIntervalMs) {
        return ApiResponse.ok(JsonWriter.object(json -> {
            PositionReportJson.writeCounts(json, received, accepted, rejected, at);
            if (outcomeOrNone != null) {
                json.writeStringField("verdict", outcomeOrNone.wireName());
            }
            if (nextIntervalMs > 0) {
                json.writeNumberField("nextIntervalMs", nextIntervalMs);
            }
        }));
    }
}
