package waybill.server.simulation;

import waybill.access.Role;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// What a client must have received at the end: each status and arrival of its orders, and each event of the backend
/// since it first connected. A client that was told of a gap reads its orders again instead.
final class DeliveryChecks {

    private final CommittedLog log;
    private final Checks checks;

    DeliveryChecks(CommittedLog log, Checks checks) {
        this.log = log;
        this.checks = checks;
    }

    void verify(SocketClient client) {
        if (client.user().protocol() == Protocol.CAPS || checks.hasGap(client.user())) {
            return;
        }
        for (var entry : log.entries()) {
            if (isFor(client, entry) && !client.hasReceived(entry.sequence())) {
                throw new InvariantViolation(client.user() + " has not received event " + entry.sequence() + ", "
                        + describe(entry)
                        + " (expected: every status and arrival of its orders, and every event of the backend)");
            }
        }
    }

    private static String describe(LogEntry entry) {
        return entry.order()
                .map(order -> order.state() + " of order " + order.id())
                .orElseGet(() -> entry.event().toString());
    }

    private static boolean isFor(SocketClient client, LogEntry entry) {
        var user = client.user();
        return switch (entry.event()) {
            case OrderEvent.Placed _, OrderEvent.StateChanged _ ->
                isParty(user, entry.order().orElseThrow());
            case OrderEvent.DriverArrived(var stop, var _) ->
                isParty(user, entry.order().orElseThrow()) && (user.role() != Role.CUSTOMER || stop.isCustomers());
            case HubEvent.BackendEmitted emitted ->
                entry.sequence() > client.joinedAfter() && BackendWorkload.isFor(user, emitted);
            default -> false;
        };
    }

    private static boolean isParty(SimulatedUser user, Order order) {
        return switch (user.role()) {
            case CUSTOMER ->
                order.details().customer().filter(user.id()::equals).isPresent();
            case MERCHANT -> user.store().filter(order.store()::equals).isPresent();
            case DRIVER ->
                order.driver().filter(driver -> driver.id().equals(user.id())).isPresent();
            case ADMIN, SUPPORT, SERVICE -> user.role() == Role.ADMIN;
        };
    }
}
