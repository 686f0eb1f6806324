package waybill.server.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.InProcessRequest;

/// Requests of the REST API over a network that loses them or their responses, and delivers some of them twice. Each is
/// sent again until it is answered, under the same idempotency key.
final class RestClient {

    private static final long LATENCY_MAX_NANOS = 60_000_000;
    private static final long LATE_MAX_NANOS = 8_000_000_000L;
    private static final long ANSWER_WITHIN_NANOS = 3_000_000_000L;
    private static final String LABEL = "rest";

    private final World world;
    private final SplittableRandom random;
    private boolean isFaulty;
    private int pending;

    RestClient(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    void setFaulty(boolean value) {
        isFaulty = value;
    }

    boolean isIdle() {
        return pending == 0;
    }

    private final class Exchange {

        private final InProcessRequest request;
        private final BiConsumer<Integer, JsonNode> onAnswer;
        private boolean isAnswered;

        Exchange(InProcessRequest request, BiConsumer<Integer, JsonNode> onAnswer) {
            this.request = request;
            this.onAnswer = onAnswer;
        }

        void send() {
            if (isAnswered) {
                return;
            }
            world.events().after(ANSWER_WITHIN_NANOS, LABEL, this::send);
            if (isFaulty && random.nextInt(8) == 0) {
                return; // the request is lost
            }
            world.events().after(random.nextLong(LATENCY_MAX_NANOS), LABEL, this::arrive);
            if (isFaulty && random.nextInt(8) == 0) {
                world.events().after(random.nextLong(LATE_MAX_NANOS), LABEL, this::arrive);
            }
        }

        private void arrive() {
            var hub = world.hubOrNone(random);
            if (hub == null) {
                return;
            }
            var isLost = isFaulty && random.nextInt(8) == 0;
            var latency = random.nextLong(LATENCY_MAX_NANOS);
            hub.whenAwake(() -> hub.handle(request).whenComplete((response, thrown) -> {
                if (thrown != null) {
                    world.events().after(0, LABEL, () -> {
                        throw new InvariantViolation(request.operation() + " failed: " + thrown);
                    });
                } else if (!isLost && hub.isAlive()) {
                    world.events().after(latency, LABEL, () -> answer(response));
                }
            }));
        }

        private void answer(ApiResponse response) {
            if (isAnswered || response.status() == 503 || response.status() == 429) {
                return;
            }
            isAnswered = true;
            pending--;
            onAnswer.accept(response.status(), world.json(response.body()));
        }
    }

    /// Sends a request about an order, or about none.
    void send(
            SimulatedUser user,
            String operation,
            String order,
            String key,
            String body,
            BiConsumer<Integer, JsonNode> onAnswer) {
        Map<String, String> parameters = new HashMap<>(Map.of("Idempotency-Key", key));
        if (!order.isEmpty()) {
            parameters.put("id", order);
        }
        pending++;
        new Exchange(new InProcessRequest(user.principal(), operation, parameters, body), onAnswer).send();
    }
}
