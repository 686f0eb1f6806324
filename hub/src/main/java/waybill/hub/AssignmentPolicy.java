package waybill.hub;

import java.util.stream.Stream;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;

/// Which drivers an order may be given to. Giving it to a driver shows their name, phone and position to the store and
/// the customer, so an id that belongs to a user of another role is never enough.
public enum AssignmentPolicy {
    /// Those who have shown a token of the role driver, or have said whether they want work.
    REGISTERED_DRIVERS,

    /// Also ids that the hub has not heard of in any role. For a hub that believes what its clients claim.
    REGISTERED_OR_UNKNOWN;

    /// Asked inside the transaction that gives the order away.
    boolean permits(UnitOfWork ledger, Actor driver) {
        if (personExists(ledger, Role.DRIVER, driver.id())
                || ledger.findDriver(driver.id()).isPresent()) {
            return true;
        }
        return switch (this) {
            case REGISTERED_DRIVERS -> false;
            case REGISTERED_OR_UNKNOWN ->
                Stream.of(Role.values()).noneMatch(role -> personExists(ledger, role, driver.id()));
        };
    }

    private static boolean personExists(UnitOfWork ledger, Role role, String id) {
        return ledger.findPerson(new UserId(role, id)).isPresent();
    }
}
