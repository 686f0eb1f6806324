package waybill.server.rest.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.hub.analytics.HubActivity;
import waybill.hub.analytics.OrdersByHour;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.ConnectionStats;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// The orders of the last day and the load of the last hour, for administrators and support.
public final class Analytics implements OperationHandlers {

    private static final double DIGITS = 100;

    private final OrdersByHour orders;
    private final ConnectionStats connections;

    public Analytics(OrdersByHour orders, ConnectionStats connections) {
        this.orders = orders;
        this.connections = connections;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("readAnalytics", this::read);
    }

    private RequestAction read(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_ANALYTICS, Relation.NONE, "the analytics of the hub");
        return new RequestAction.Read(() -> {
            var day = orders.read(call.receivedAt());
            return ApiResponse.ok(JsonWriter.object(json -> {
                json.writeStringField("countedFrom", JsonWriter.time(day.countedFrom()));
                json.writeArrayFieldStart("hours");
                for (var hour : day.hours()) {
                    write(hour, json);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("samples");
                for (var sample : connections.samples()) {
                    write(sample, json);
                }
                json.writeEndArray();
            }));
        });
    }

    private static void write(OrdersByHour.Hour hour, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", JsonWriter.time(hour.from()));
        json.writeNumberField("placed", hour.placed());
        json.writeNumberField("delivered", hour.delivered());
        json.writeNumberField("onTime", hour.onTime());
        json.writeEndObject();
    }

    private static void write(HubActivity.Sample sample, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", JsonWriter.time(sample.at()));
        json.writeNumberField("connections", sample.connections());
        json.writeNumberField("users", sample.users());
        json.writeNumberField("receivedPerSecond", rounded(sample.received()));
        json.writeNumberField("sentPerSecond", rounded(sample.sent()));
        var latency = sample.latencyOrNone();
        if (latency != null) {
            json.writeNumberField("p50Ms", latency.p50Ms());
            json.writeNumberField("p95Ms", latency.p95Ms());
            json.writeNumberField("p99Ms", latency.p99Ms());
        }
        json.writeEndObject();
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
