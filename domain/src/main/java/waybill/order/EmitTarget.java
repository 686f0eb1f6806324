package waybill.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;

/// The clients that an event of a backend goes to.
public sealed interface EmitTarget {

    record User(UserId user) implements EmitTarget {}

    record RoleMembers(Role role) implements EmitTarget {}

    /// The parties to an order when the event was emitted, its subscribers, and the staff.
    record OrderParties(
            OrderId order,
            String store,
            @Nullable String customerOrNone,
            @Nullable String driverOrNone) implements EmitTarget {

        public static OrderParties of(Order order) {
            return new OrderParties(
                    order.id(),
                    order.store(),
                    order.details().customerOrNone(),
                    order.driver()
                            .filter(actor -> actor.kind() == Actor.Kind.DRIVER)
                            .map(Actor::id)
                            .orElse(null));
        }

        public Optional<String> customer() {
            return Optional.ofNullable(customerOrNone);
        }

        public Optional<String> driver() {
            return Optional.ofNullable(driverOrNone);
        }
    }

    /// The sockets that are in a room of a namespace when the event is published, on every node.
    record Room(String namespace, String room) implements EmitTarget {}

    record AllUsers() implements EmitTarget {}
}
