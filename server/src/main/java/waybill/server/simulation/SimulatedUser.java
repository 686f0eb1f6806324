package waybill.server.simulation;

import java.util.Optional;
import waybill.access.Principal;
import waybill.access.Role;

/// A user of the simulation, and the namespace of its client.
record SimulatedUser(String id, Role role, Optional<String> store, Protocol protocol) {

    static SimulatedUser of(String id, Role role, Protocol protocol) {
        return new SimulatedUser(id, role, Optional.empty(), protocol);
    }

    static SimulatedUser merchant(String id, String store, Protocol protocol) {
        return new SimulatedUser(id, Role.MERCHANT, Optional.of(store), protocol);
    }

    Principal principal() {
        var email = role == Role.CUSTOMER ? id + "@example.com" : null;
        return new Principal(id, role, null, null, store.orElse(null), email, null);
    }

    @Override
    public String toString() {
        return id + " on " + protocol.namespace;
    }
}
