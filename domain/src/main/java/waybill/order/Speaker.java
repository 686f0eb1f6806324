package waybill.order;

import waybill.access.Principal;

/// Who asks for something to be done to an order.
public sealed interface Speaker {

    /// Somebody who has shown who they are: the access table says what they may do.
    record Known(Principal principal) implements Speaker {}

    /// The hub itself, or somebody where everybody is believed: nothing but the order's own life stands in the way.
    record Believed(Actor actor) implements Speaker {}

    default Actor actor() {
        return switch (this) {
            case Known(var principal) -> Actor.of(principal);
            case Believed(var actor) -> actor;
        };
    }
}
