package waybill.server.realtime;

import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.Actor;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;
import waybill.server.dialect.Said;

/// Asks the drivers who is going to fetch what is ready. Nothing of it is kept: a driver that comes, or comes back, is
/// asked about what still waits.
final class Requests {

    /// Orders about which a driver that comes is asked at once.
    static final int REPEATED_MAX = 100;

    private final LiveServices services;
    private final Questions questions;

    Requests(LiveServices services, Questions questions) {
        this.services = services;
        this.questions = questions;
    }

    /// Asks all drivers who speak that dialect.
    void ask(Audience audience, LogEntry entry, Said said) {
        services.clients()
                .drivers()
                .filter(client -> client.audience == audience)
                .forEach(client -> client.principal().ifPresent(driver -> ask(client, driver, entry, said)));
    }

    private void ask(Client client, Principal driver, LogEntry entry, Said said) {
        if (said.reaches(client.dialect.rooms(driver))) {
            questions.ask(client, driver, entry, said, _ -> {});
        }
    }

    void came(Client client, Principal principal) {
        if (principal.role() != Role.DRIVER) {
            return;
        }
        for (var order : services.active().waitingForDriver(REPEATED_MAX)) {
            var entry = asItBegan(order);
            for (var said : client.dialect.tell(entry)) {
                if (said.wantsReceipt()) {
                    ask(client, principal, entry, said);
                }
            }
        }
    }

    private static LogEntry asItBegan(Order order) {
        return new LogEntry(
                order.version(),
                order,
                OrderState.PREPARING,
                new OrderEvent.Moved(OrderState.READY_FOR_PICKUP, "", OrderEvent.NOTHING_SAID),
                Actor.HUB,
                order.placedAt(),
                order.placedAt());
    }
}
