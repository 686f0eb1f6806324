package waybill.order;

import java.util.stream.Stream;
import waybill.access.Role;
import waybill.access.UserId;

/// Which drivers an order may be given to. Giving it to a driver shows their name, phone and position to the store and
/// the customer, so an id that belongs to a user of another role is never enough.
public enum AssignableDrivers {
    /// Those who have shown a token of the role driver, or have said whether they want work.
    KNOWN,

    /// Also ids that the hub has not heard of in any role. For a hub that believes what its clients claim.
    UNLESS_KNOWN_OTHERWISE;

    /// Asked inside the transaction that gives the order away.
    boolean include(Ledger ledger, Actor driver) {
        if (isKnown(ledger, Role.DRIVER, driver.id())
                || ledger.findDriver(driver.id()).isPresent()) {
            return true;
        }
        return switch (this) {
            case KNOWN -> false;
            case UNLESS_KNOWN_OTHERWISE ->
                Stream.of(Role.values()).noneMatch(role -> isKnown(ledger, role, driver.id()));
        };
    }

    private static boolean isKnown(Ledger ledger, Role role, String id) {
        return ledger.findPerson(new UserId(role, id)).isPresent();
    }
}
