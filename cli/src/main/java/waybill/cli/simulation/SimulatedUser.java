package waybill.cli.simulation;

import waybill.access.Principal;
import waybill.access.Role;

/// A user of the simulation, the dialect of its client, and how far its clock is ahead.
record SimulatedUser(String id, Role role, ClientDialect dialect, long clockOffsetMs) {

    /// A merchant's id is its store's.
    Principal principal() {
        return new Principal(id, role, null, null, role == Role.MERCHANT ? id : null);
    }

    @Override
    public String toString() {
        return id + " on " + dialect.namespace;
    }
}
