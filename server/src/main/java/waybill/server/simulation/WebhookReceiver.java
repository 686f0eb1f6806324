package waybill.server.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.order.OrderEvent;
import waybill.server.webhook.WebhookTransport;

/// A foreign server that webhooks are sent to. While the world is faulty it fails, answers late, or has taken a message
/// of which its answer is lost. It outlives the hub's processes.
final class WebhookReceiver {

    private static final long LATENCY_MAX_NANOS = 50_000_000;
    private static final long LATE_MAX_NANOS = 6_000_000_000L;
    private static final long TIMEOUT_NANOS = 4_000_000_000L;
    private static final String LABEL = "webhook";
    private static final String URL = "https://books.example.com/webhooks";
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final World world;
    private final CommittedLog log;
    private final RestClient rest;
    private final SplittableRandom random;
    private final SenderChecks senders;
    private final Map<Long, String> idByEvent = new HashMap<>();
    private final Map<String, String> bodyById = new HashMap<>();
    private @Nullable Long subscribedAfter; // none until the endpoint is created
    private long verifiedUpTo;
    private long attempts;
    private boolean isFaulty;

    WebhookReceiver(World world, CommittedLog log, RestClient rest, SplittableRandom random, SenderChecks senders) {
        this.senders = senders;
        this.world = world;
        this.log = log;
        this.rest = rest;
        this.random = random;
    }

    void setFaulty(boolean value) {
        isFaulty = value;
    }

    /// How many requests have reached it.
    long attempts() {
        return attempts;
    }

    /// Creates the endpoint, for the events of all stores.
    void subscribe() {
        rest.send(
                SimulatedUser.of("ada", Role.ADMIN, Protocol.STOREFRONT),
                "createWebhook",
                "",
                "webhook",
                "{\"url\": \"" + URL + "\"}",
                (status, body) -> {
                    if (status != CREATED) {
                        throw new InvariantViolation("a webhook was rejected: " + body);
                    }
                    if (subscribedAfter == null) {
                        subscribedAfter = (long) log.size();
                        verifiedUpTo = log.size();
                    }
                });
    }

    /// The network between a process of the hub and this server.
    WebhookTransport transport(SimulatedProcess process) {
        return new WebhookTransport() {
            @Override
            public CompletableFuture<Answer> post(Request request) {
                var answer = new CompletableFuture<Answer>();
                senders.onSent(LABEL, process);
                process.run(LABEL, TIMEOUT_NANOS, () -> answer.complete(new Answer.NoResponse("no response")));
                exchange(process, request, answer);
                return answer;
            }

            @Override
            public void close() {
                // it holds nothing
            }
        };
    }

    private void exchange(
            SimulatedProcess process,
            WebhookTransport.Request request,
            CompletableFuture<WebhookTransport.Answer> answer) {
        var fault = isFaulty ? random.nextInt(10) : -1;
        var late = fault == 0 ? random.nextLong(LATE_MAX_NANOS) : 0;
        if (fault == 1) {
            return; // the request is lost
        }
        world.events().after(random.nextLong(LATENCY_MAX_NANOS) + late, LABEL, () -> {
            attempts++;
            var status = fault == 2 ? 500 : OK;
            if (status == OK) {
                receive(request);
            }
            if (fault != 3) { // the answer is lost
                process.run(
                        LABEL,
                        random.nextLong(LATENCY_MAX_NANOS),
                        () -> answer.complete(new WebhookTransport.Answer.Response(status, null)));
            }
        });
    }

    private void receive(WebhookTransport.Request request) {
        var id = request.headers().getOrDefault("webhook-id", "");
        var body = world.json(request.body());
        var eventId = body.path("data").path("eventId").asLong();
        var entry = log.find(eventId)
                .orElseThrow(
                        () -> new InvariantViolation("a webhook has event " + eventId + ", which is not committed"));
        requireSameOrder(body, entry.order().map(order -> order.id().toString()).orElse(""));
        requireOne(idByEvent.putIfAbsent(eventId, id), id, "the id of event " + eventId);
        requireOne(bodyById.putIfAbsent(id, request.body()), request.body(), "the body of " + id);
    }

    private static void requireSameOrder(JsonNode body, String order) {
        if (!body.path("data").path("orderId").asText().equals(order)) {
            throw new InvariantViolation("a webhook has another order than its event (" + order + "): " + body);
        }
    }

    private static void requireOne(@Nullable String beforeOrNone, String now, String what) {
        if (beforeOrNone != null && !beforeOrNone.equals(now)) {
            throw new InvariantViolation(what + " was " + beforeOrNone + " and is " + now + " with another attempt");
        }
    }

    /// Whether every event that was committed since the endpoint was created has arrived.
    boolean isIdle() {
        if (subscribedAfter == null) {
            return true;
        }
        while (verifiedUpTo < log.size() && hasArrived(verifiedUpTo + 1)) {
            verifiedUpTo++;
        }
        return verifiedUpTo == log.size();
    }

    private boolean hasArrived(long sequence) {
        return idByEvent.containsKey(sequence)
                || !(log.find(sequence).orElseThrow().event() instanceof OrderEvent); // a node's events are not sent
    }

    /// Nothing is lost.
    void verify() {
        if (!isIdle()) {
            throw new InvariantViolation(
                    describeMissing() + " was committed and has not arrived by webhook (expected: each event)");
        }
    }

    /// The first event that has not arrived.
    String describeMissing() {
        return isIdle() ? "none" : "event " + log.find(verifiedUpTo + 1).orElseThrow();
    }
}
