package waybill.server.realtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverStatus;
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

    private static final int PAGE_MAX = 1_000;

    private final LiveServices services;

    /// Drivers who have said that they want no work: some of those whom the directory knows.
    private final Set<String> offline = ConcurrentHashMap.newKeySet();
    private final Questions questions;

    Requests(LiveServices services, Questions questions) {
        this.services = services;
        this.questions = questions;
        for (var page = services.directory().drivers("", PAGE_MAX);
                !page.isEmpty();
                page = services.directory().drivers(page.getLast().driver(), PAGE_MAX)) {
            page.stream()
                    .filter(driver -> driver.status() == DriverStatus.OFFLINE)
                    .forEach(driver -> offline.add(driver.driver()));
        }
    }

    /// Asks all drivers who speak that dialect.
    void ask(Audience audience, LogEntry entry, Said said) {
        services.clients()
                .drivers()
                .filter(client -> client.audience == audience && client.isLive())
                .filter(client -> client.principal()
                        .filter(driver -> !offline.contains(driver.id()))
                        .isPresent())
                .forEach(client -> client.principal().ifPresent(driver -> ask(client, driver, entry, said)));
    }

    private void ask(Client client, Principal driver, LogEntry entry, Said said) {
        if (said.reaches(client.dialect.rooms(driver))) {
            questions.ask(client, driver, entry, said, Questions.ANSWER_MAX, _ -> {});
        }
    }

    /// A driver has said whether it wants work. One that is back is asked about what still waits.
    void status(String driver, DriverStatus status) {
        if (status == DriverStatus.OFFLINE) {
            offline.add(driver);
        } else if (offline.remove(driver)) {
            services.clients()
                    .ofUser(new UserId(Role.DRIVER, driver))
                    .filter(Client::isLive)
                    .forEach(client -> client.principal().ifPresent(principal -> came(client, principal)));
        }
    }

    void came(Client client, Principal principal) {
        if (principal.role() != Role.DRIVER || offline.contains(principal.id())) {
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
