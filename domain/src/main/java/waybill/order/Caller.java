package waybill.order;

import waybill.access.Principal;

/// The sender of an order command.
public sealed interface Caller {

    /// An authenticated user, whose permissions are in the access table.
    record Authenticated(Principal principal) implements Caller {}

    /// The hub itself, or a client of a namespace without authentication: only the state machine limits its commands.
    record Trusted(Actor actor) implements Caller {}

    default Actor actor() {
        return switch (this) {
            case Authenticated(var principal) -> Actor.of(principal);
            case Trusted(var actor) -> actor;
        };
    }
}
