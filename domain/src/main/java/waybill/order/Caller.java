package waybill.order;

import waybill.access.Principal;

/// Who asks for something to be done to an order.
public sealed interface Caller {

    /// Somebody who has shown who they are: the access table says what they may do.
    record Authenticated(Principal principal) implements Caller {}

    /// The hub itself, or somebody where everybody is believed: nothing but the order's own life stands in the way.
    record Trusted(Actor actor) implements Caller {}

    default Actor actor() {
        return switch (this) {
            case Authenticated(var principal) -> Actor.of(principal);
            case Trusted(var actor) -> actor;
        };
    }
}
