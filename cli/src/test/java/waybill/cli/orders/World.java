package waybill.cli.orders;

import java.util.List;
import java.util.Map;

/// A customer, a store and a driver who have to do with each other and with nobody else, and where each of them
/// listens.
record World(Party customer, Party merchant, Party driver) {

    static World of(String customer, String merchant, String store, String driver) {
        return new World(Party.customer(customer), Party.merchant(merchant, store), Party.driver(driver));
    }

    String store() {
        return merchant.store();
    }

    List<Party> parties() {
        return List.of(customer, merchant, driver);
    }

    /// A place in every dialect for each, under a token of their own.
    List<Seat> seats(Map<Party, String> tokens) {
        var ada = tokens.getOrDefault(customer, "");
        var mia = tokens.getOrDefault(merchant, "");
        var kari = tokens.getOrDefault(driver, "");
        return List.of(
                Seat.realtime(customer, ada),
                Seat.marketplace(customer, ada),
                Seat.storefront(customer, ada),
                Seat.ofRole(customer, "/customer", ada),
                Seat.realtime(merchant, mia),
                Seat.marketplace(merchant, mia),
                Seat.storefront(merchant, mia),
                Seat.caps(merchant, "phase2"),
                Seat.caps(merchant, "phase3"),
                Seat.realtime(driver, kari),
                Seat.marketplace(driver, kari),
                Seat.storefront(driver, kari),
                Seat.ofRole(driver, "/delivery", kari),
                Seat.caps(driver, "phase2"),
                Seat.caps(driver, "phase3"));
    }
}
