package waybill.server.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import waybill.server.identity.Grant;

/// What all clients of a simulation share.
final class World {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TOKEN_EXPIRES_IN = Duration.ofDays(1);

    private final EventQueue events;
    private final SimulatedNetwork network;
    private final Checks checks;
    private final Map<SimulatedUser, String> tokens = new HashMap<>();
    private final List<HubNode> hubs = new ArrayList<>(); // that run

    World(EventQueue events, SimulatedNetwork network, Checks checks) {
        this.events = events;
        this.network = network;
        this.checks = checks;
    }

    EventQueue events() {
        return events;
    }

    SimulatedNetwork network() {
        return network;
    }

    Checks checks() {
        return checks;
    }

    /// A node that runs; none while all processes are dead.
    @Nullable
    HubNode hubOrNone() {
        return hubs.isEmpty() ? null : hubs.getFirst();
    }

    /// The node that a load balancer chooses; none while all processes are dead.
    @Nullable
    HubNode hubOrNone(SplittableRandom random) {
        return hubs.size() > 1 ? hubs.get(random.nextInt(hubs.size())) : hubOrNone();
    }

    void add(HubNode hub) {
        hubs.add(hub);
    }

    void remove(HubNode hub) {
        hubs.remove(hub);
    }

    /// The token of a user, which the hub issues when the user first connects.
    String token(SimulatedUser user) {
        return tokens.computeIfAbsent(user, _ -> {
            var hub = hubOrNone();
            if (hub == null) {
                throw new IllegalStateException("no hub runs");
            }
            return hub.hub().tokenIssuer().issue(new Grant(user.principal(), TOKEN_EXPIRES_IN));
        });
    }

    JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvariantViolation("the hub sent what is no JSON: " + text);
        }
    }
}
