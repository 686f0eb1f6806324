package waybill.server.rest.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.eta.Calibration;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// How far the ETAs of the last deliveries were off, for administrators and support.
public final class EtaCalibration implements OperationHandlers {

    private static final double DIGITS = 1_000;

    private final Calibration calibration;

    public EtaCalibration(Calibration calibration) {
        this.calibration = calibration;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("readEtaCalibration", this::read);
    }

    private RequestAction read(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_CALIBRATION, Relation.NONE, "the calibration of ETAs");
        return new RequestAction.Immediate(ApiResponse.ok(JsonWriter.object(json -> {
            json.writeArrayFieldStart("rows");
            for (var row : calibration.rows()) {
                write(row, json);
            }
            json.writeEndArray();
        })));
    }

    private static void write(Calibration.Row row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("stage", row.stage().wireName());
        json.writeNumberField("metresFrom", row.metresFrom());
        if (Double.isFinite(row.metresTo())) {
            json.writeNumberField("metresTo", row.metresTo());
        }
        json.writeNumberField("deliveries", row.deliveries());
        if (row.deliveries() > 0) {
            json.writeNumberField("meanErrorMinutes", rounded(row.meanError()));
            json.writeNumberField("p50ErrorMinutes", rounded(row.p50()));
            json.writeNumberField("p90ErrorMinutes", rounded(row.p90()));
            json.writeNumberField("laterByMinutes", rounded(row.bias()));
            json.writeNumberField("coverage", rounded(row.coverage()));
        }
        json.writeEndObject();
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
