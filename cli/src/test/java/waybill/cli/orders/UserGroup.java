package waybill.cli.orders;

import java.util.List;
import java.util.Map;

/// A customer, a store and a driver of the same orders, and their sockets.
record UserGroup(TestUser customer, TestUser merchant, TestUser driver) {

    static UserGroup of(String customer, String merchant, String store, String driver) {
        return new UserGroup(TestUser.customer(customer), TestUser.merchant(merchant, store), TestUser.driver(driver));
    }

    String store() {
        return merchant.store();
    }

    List<TestUser> users() {
        return List.of(customer, merchant, driver);
    }

    /// A socket in every dialect for each user, with its own token.
    List<TestSocket> sockets(Map<TestUser, String> tokens) {
        var ada = tokens.getOrDefault(customer, "");
        var mia = tokens.getOrDefault(merchant, "");
        var kari = tokens.getOrDefault(driver, "");
        return List.of(
                TestSocket.realtime(customer, ada),
                TestSocket.marketplace(customer, ada),
                TestSocket.storefront(customer, ada),
                TestSocket.ofRole(customer, "/customer", ada),
                TestSocket.realtime(merchant, mia),
                TestSocket.marketplace(merchant, mia),
                TestSocket.storefront(merchant, mia),
                TestSocket.caps(merchant, "phase2"),
                TestSocket.caps(merchant, "phase3"),
                TestSocket.realtime(driver, kari),
                TestSocket.marketplace(driver, kari),
                TestSocket.storefront(driver, kari),
                TestSocket.ofRole(driver, "/delivery", kari),
                TestSocket.caps(driver, "phase2"),
                TestSocket.caps(driver, "phase3"));
    }
}
