package waybill.server.rest.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.outbound.Channel;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;
import waybill.outbound.WebhookEndpoints;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.Page;
import waybill.server.rest.http.RequestAction;

/// What was sent to an endpoint, and sending it again.
public final class WebhookDeliveries implements OperationHandlers {

    private static final String DELIVERIES = "deliveries";

    /// Dead letters that one request makes due again.
    private static final int REPLAYED_MAX = 1_000;

    private final WebhookEndpoints endpoints;
    private final OutboundJobs jobs;

    public WebhookDeliveries(WebhookEndpoints endpoints, OutboundJobs jobs) {
        this.endpoints = endpoints;
        this.jobs = jobs;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "listWebhookDeliveries", this::list,
                "replayWebhookDelivery", this::replay,
                "replayWebhookDeadLetters", this::replayDead);
    }

    private RequestAction list(ApiRequest call) {
        Webhooks.requireAdmin(call);
        var id = call.text("webhookId");
        var before = Cursor.number(call, DELIVERIES, Long.MAX_VALUE);
        return new RequestAction.Read(() -> endpoints
                .findWebhook(id)
                .map(_ -> ApiResponse.ok(page(jobs.listJobs(Channel.WEBHOOK, id, before, call.limit()), call.limit())))
                .orElseGet(Webhooks::notFound));
    }

    private static String page(List<OutboundJob> rows, int limit) {
        var page = new Page<>(rows, rows.size() == limit);
        return JsonWriter.page(DELIVERIES, rows, WebhookJson::write, page.next(DELIVERIES, OutboundJob::id));
    }

    private RequestAction replay(ApiRequest call) {
        Webhooks.requireAdmin(call);
        var id = Optional.of(call.text("deliveryId"))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        return Webhooks.write(
                call,
                (work, endpoint) -> work.replayJob(Channel.WEBHOOK, endpoint.id(), id, call.receivedAt())
                        ? ApiResponse.noContent()
                        : ApiResponse.of(Problem.notFound(
                                "delivery: none of the webhook that has ended (expected: one that is not pending)")));
    }

    private RequestAction replayDead(ApiRequest call) {
        Webhooks.requireAdmin(call);
        var since = ApiRequest.time("since", call.body().text("since"));
        return Webhooks.write(call, (work, endpoint) -> {
            var replayed = work.replayDeadJobs(Channel.WEBHOOK, endpoint.id(), since, call.receivedAt(), REPLAYED_MAX);
            return ApiResponse.ok(JsonWriter.object(json -> {
                json.writeNumberField("replayed", replayed);
                json.writeBooleanField("hasMore", replayed == REPLAYED_MAX);
            }));
        });
    }
}
