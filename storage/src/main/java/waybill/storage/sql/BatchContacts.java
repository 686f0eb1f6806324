package waybill.storage.sql;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.journal.Read;
import waybill.order.Actor;

/// The users that the transactions of a batch have declared, and those of the orders that they read.
public record BatchContacts(Set<Read> reads, OrderTable orders) implements Contacts {

    @Override
    public Collection<UserId> users() throws SQLException {
        var users = new HashSet<UserId>();
        for (var read : reads) {
            if (read instanceof Read.OfContact(var user)) {
                users.add(user);
            }
        }
        for (var order : orders.listRead(reads)) {
            order.details().customer().ifPresent(customer -> users.add(new UserId(Role.CUSTOMER, customer)));
            order.driver()
                    .filter(driver -> driver.kind() == Actor.Kind.DRIVER)
                    .ifPresent(driver -> users.add(new UserId(Role.DRIVER, driver.id())));
        }
        return users;
    }

    @Override
    public Collection<String> stores() throws SQLException {
        var stores = new HashSet<String>();
        for (var read : reads) {
            if (read instanceof Read.OfStoreReference(var store, var _)) {
                stores.add(store);
            }
        }
        for (var order : orders.listRead(reads)) {
            stores.add(order.store());
        }
        return stores;
    }
}
