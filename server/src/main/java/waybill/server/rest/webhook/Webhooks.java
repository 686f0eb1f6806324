package waybill.server.rest.webhook;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.journal.UnitOfWork;
import waybill.outbound.Channel;
import waybill.outbound.NewJob;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookEndpoints;
import waybill.outbound.WebhookSecret;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;
import waybill.server.webhook.WebhookAddress;
import waybill.server.webhook.WebhookConfig;
import waybill.server.webhook.WebhookEvents;

/// The endpoints of webhooks. A secret is shown once, when it is created.
public final class Webhooks implements OperationHandlers {

    /// Stands for all types of events.
    private static final String ALL_EVENTS = "*";

    private final WebhookEndpoints endpoints;
    private final WebhookAddress addresses;
    private final Supplier<UUID> ids;
    private final RandomGenerator random;

    /// @param random unpredictable
    public Webhooks(WebhookEndpoints endpoints, WebhookConfig config, Supplier<UUID> ids, RandomGenerator random) {
        this.endpoints = endpoints;
        addresses = new WebhookAddress(config);
        this.ids = ids;
        this.random = random;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "createWebhook", this::create,
                "listWebhooks", this::list,
                "readWebhook", this::read,
                "updateWebhook", this::update,
                "deleteWebhook", this::delete,
                "rotateWebhookSecret", this::rotateSecret,
                "testWebhook", this::test);
    }

    private RequestAction create(ApiRequest call) {
        requireAdmin(call);
        var body = call.body();
        var created = new WebhookEndpoint(
                ids.get().toString(),
                url(body.text("url")),
                events(body).orElse(Set.of()),
                body.find("storeId").orElse(null),
                body.find("description").orElse(""),
                call.receivedAt(),
                WebhookSecret.generate(random),
                null,
                null,
                null);
        return new RequestAction.Write(List.of(), work -> {
            if (work.listWebhooks().size() >= WebhookEndpoint.ENDPOINTS_MAX) {
                return WriteResponse.of(ApiResponse.of(Problem.conflict(
                        "webhooks: " + WebhookEndpoint.ENDPOINTS_MAX + " (expected: fewer; delete one)", "webhooks")));
            }
            work.saveWebhook(created);
            return WriteResponse.ofSuccess(_ -> ApiResponse.created(withSecret(created)));
        });
    }

    private static String withSecret(WebhookEndpoint endpoint) {
        return JsonWriter.object(json -> {
            WebhookJson.write(endpoint, json);
            json.writeStringField("secret", endpoint.secret().value());
        });
    }

    private RequestAction list(ApiRequest call) {
        requireAdmin(call);
        return new RequestAction.Read(() -> ApiResponse.ok(
                JsonWriter.page("webhooks", endpoints.listWebhooks(), WebhookJson::write, Optional.empty())));
    }

    private RequestAction read(ApiRequest call) {
        requireAdmin(call);
        var id = call.text("webhookId");
        return new RequestAction.Read(() -> endpoints
                .findWebhook(id)
                .map(endpoint -> ApiResponse.ok(JsonWriter.object(json -> WebhookJson.write(endpoint, json))))
                .orElseGet(Webhooks::notFound));
    }

    private RequestAction update(ApiRequest call) {
        requireAdmin(call);
        var body = call.body();
        body.find("url").ifPresent(this::url);
        return change(
                call,
                endpoint -> {
                    var changed = endpoint.withTarget(
                            body.find("url").orElse(endpoint.url()),
                            events(body).orElse(endpoint.events()),
                            body.find("storeId").orElse(endpoint.storeOrNone()),
                            body.find("description").orElse(endpoint.description()));
                    return switch (body.find("state").orElse("")) {
                        case "enabled" -> changed.enable();
                        case "disabled" -> changed.disable(call.receivedAt(), "an administrator has disabled it");
                        default -> changed;
                    };
                },
                WebhookJson::of);
    }

    private RequestAction rotateSecret(ApiRequest call) {
        requireAdmin(call);
        var next = WebhookSecret.generate(random);
        return change(call, endpoint -> endpoint.withSecret(next, call.receivedAt()), Webhooks::withSecret);
    }

    private static RequestAction change(
            ApiRequest call,
            Function<WebhookEndpoint, WebhookEndpoint> change,
            Function<WebhookEndpoint, String> response) {
        return write(call, (work, endpoint) -> {
            var changed = change.apply(endpoint);
            work.saveWebhook(changed);
            return ApiResponse.ok(response.apply(changed));
        });
    }

    private RequestAction delete(ApiRequest call) {
        requireAdmin(call);
        return write(call, (work, endpoint) -> {
            work.deleteWebhook(endpoint.id());
            return ApiResponse.noContent();
        });
    }

    private RequestAction test(ApiRequest call) {
        requireAdmin(call);
        return write(call, (work, endpoint) -> {
            work.addJob(new NewJob(Channel.WEBHOOK, endpoint.id(), WebhookEvents.TEST, 0, call.receivedAt()));
            return ApiResponse.noContent();
        });
    }

    /// Changes an endpoint in its transaction.
    interface EndpointWrite {
        ApiResponse write(UnitOfWork work, WebhookEndpoint endpoint);
    }

    /// Changes the endpoint of the path, if there is one.
    static RequestAction write(ApiRequest call, EndpointWrite change) {
        var id = call.text("webhookId");
        return new RequestAction.Write(
                List.of(),
                work -> WriteResponse.of(work.findWebhook(id)
                        .map(endpoint -> change.write(work, endpoint))
                        .orElseGet(Webhooks::notFound)));
    }

    static void requireAdmin(ApiRequest call) {
        Authorization.require(call.principal(), Action.MANAGE_WEBHOOKS, Relation.NONE, "webhooks");
    }

    static ApiResponse notFound() {
        return ApiResponse.of(Problem.notFound("webhook: does not exist (expected: one that GET /webhooks lists)"));
    }

    private String url(String url) {
        addresses.problem(url).ifPresent(problem -> {
            throw Problem.invalid("url", problem);
        });
        return url;
    }

    private static Optional<Set<String>> events(JsonInput body) {
        var named = new HashSet<String>();
        body.elements("events").forEach(event -> named.add(event.json().asText()));
        return named.isEmpty() ? Optional.empty() : Optional.of(named.contains(ALL_EVENTS) ? Set.of() : named);
    }
}
