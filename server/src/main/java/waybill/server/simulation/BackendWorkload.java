package waybill.server.simulation;

import java.util.List;
import java.util.SplittableRandom;
import waybill.access.Role;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;

/// A backend that emits events of its own to all clients and to those of a role, over REST.
final class BackendWorkload {

    private static final SimulatedUser BACKEND = SimulatedUser.of("shop", Role.SERVICE, Protocol.REALTIME);
    private static final List<Role> ROLES = List.of(Role.CUSTOMER, Role.MERCHANT, Role.DRIVER, Role.ADMIN);
    /// The name of its events.
    static final String EVENT = "shop:notice";

    private final World world;
    private final CommittedLog log;
    private final RestClient rest;
    private final SplittableRandom random;
    private int emitted;

    BackendWorkload(World world, CommittedLog log, RestClient rest, SplittableRandom random) {
        this.world = world;
        this.log = log;
        this.rest = rest;
        this.random = random;
    }

    /// Emits an event to all, or to a role.
    void act() {
        var roll = random.nextInt(2 * ROLES.size());
        var to = roll < ROLES.size() ? "\"role\":\"" + ROLES.get(roll).wireName() + "\"" : "\"all\":true";
        var number = emitted++;
        rest.send(
                BACKEND,
                "emit",
                "",
                "emit-" + number,
                "{\"to\":{" + to + "},\"event\":\"" + EVENT + "\",\"data\":{\"number\":" + number + "}}",
                (status, answer) -> {
                    if (status >= 300) {
                        throw new InvariantViolation("the backend was answered " + answer + " (expected: success)");
                    }
                    world.checks()
                            .onAcknowledged(
                                    BACKEND, EVENT, answer.path("eventId").asLong());
                });
    }

    /// Each event has been committed once, however often its request arrived.
    void verifyEmitted() {
        var committed = log.entries().stream()
                .filter(entry -> entry.event() instanceof HubEvent.BackendEmitted)
                .count();
        if (committed != emitted) {
            throw new InvariantViolation(
                    "the backend emitted " + emitted + " events, and " + committed + " are committed");
        }
    }

    /// Whether a client of that user is among those that the event goes to.
    static boolean isFor(SimulatedUser user, HubEvent.BackendEmitted emitted) {
        return user.protocol() != Protocol.CAPS
                && switch (emitted.to()) {
                    case EmitTarget.AllUsers() -> true;
                    case EmitTarget.RoleMembers(var role) -> role == user.role();
                    case EmitTarget.User _, EmitTarget.OrderParties _, EmitTarget.Room _ -> false;
                };
    }
}
