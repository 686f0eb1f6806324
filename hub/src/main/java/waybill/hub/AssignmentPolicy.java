package waybill.hub;

import java.util.stream.Stream;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;

/// Which drivers an order may be assigned to. An assignment shows the driver's name, phone and position to the store
/// and the customer, so the id of a user with another role is never permitted.
public enum AssignmentPolicy {
    /// Drivers that have authenticated with a token of the role driver, or have set a status.
    REGISTERED_DRIVERS,

    /// Also ids that are unknown in every role. For a hub that trusts the ids its clients claim.
    REGISTERED_OR_UNKNOWN;

    /// Called inside the transaction that assigns the order.
    boolean permits(UnitOfWork work, Actor driver) {
        if (personExists(work, Role.DRIVER, driver.id())
                || work.findDriver(driver.id()).isPresent()) {
            return true;
        }
        return switch (this) {
            case REGISTERED_DRIVERS -> false;
            case REGISTERED_OR_UNKNOWN ->
                Stream.of(Role.values()).noneMatch(role -> personExists(work, role, driver.id()));
        };
    }

    private static boolean personExists(UnitOfWork work, Role role, String id) {
        return work.findPerson(new UserId(role, id)).isPresent();
    }
}
