package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.EventDeliveryContract.ADMIN_ACTOR;
import static waybill.storage.EventDeliveryContract.SHIFT;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.OrderQueriesContract.PIZZA;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverStatus;
import waybill.hub.HubCommands;
import waybill.hub.JournalRevocationLog;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.messaging.EventScope;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;

/// What the log promises about events that concern no order: each is read back as it was appended.
interface HubEventContract extends StorePorts {

    @Test
    default void everyHubEventIsReadBack() {
        var order =
                OrderFixture.place(orderFixture().place(ACME, "m1", PIZZA, NOON).join());
        var events = List.of(
                new HubEvent.BusinessStatusChanged(ACME, "Acme \"Widgets\"", false),
                new HubEvent.DriverStatusChanged("kari", DriverStatus.BUSY, order.id()),
                new HubEvent.DriverStatusChanged("kari", DriverStatus.OFFLINE, null),
                new HubEvent.DriverStatusChanged("ola", DriverStatus.AVAILABLE, null, SHIFT),
                new HubEvent.UserNotified(
                        new UUID(1, 2), new UserId(Role.CUSTOMER, "nils"), "Hei", "Maten er på vei\n", "info"),
                new HubEvent.CouponCreated("TEN", "Ten off", new BigDecimal("10.50")));
        events.forEach(event -> append(event).join());
        var news = eventLog().eventsFor(scope(Role.ADMIN, "boss"), 1, Long.MAX_VALUE, 10);
        assertThat(news).extracting(LogEntry::event).containsExactlyElementsOf(events);
        assertThat(news).allSatisfy(entry -> {
            assertThat(entry.order()).isEmpty();
            assertThat(entry.actor()).isEqualTo(ADMIN_ACTOR);
            assertThat(entry.receivedAt()).isEqualTo(NOON.plusMillis(1));
        });
        assertThat(eventLog().search(new LogFilter(ACME, null, 0, NOON, 10)))
                .extracting(LogEntry::sequence)
                .as("what a store has said of itself is its own")
                .containsExactly(1L, 2L);
    }

    @Test
    default void everyNodeEventIsReadBack() {
        var events = List.<NodeEvent>of(
                new NodeEvent.TokensRevoked(new UserId(Role.DRIVER, "kari"), NOON.plusMillis(7)),
                new NodeEvent.EventConfirmed(ACME, 12));
        events.forEach(event -> journal()
                .submit(work -> work.append(event, ADMIN_ACTOR, NOON.plusMillis(1)))
                .join());
        var entries = eventLog().listAfter(0, 10);
        assertThat(entries).extracting(LogEntry::event).containsExactlyElementsOf(events);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.order()).isEmpty();
            assertThat(entry.actor()).isEqualTo(ADMIN_ACTOR);
            assertThat(entry.receivedAt()).isEqualTo(NOON.plusMillis(1));
        });
    }

    @Test
    default void aConfirmationAndARevocationAreEventsOfTheLog() {
        var placed = OrderFixture.eventId(
                orderFixture().place(ACME, "m1", PIZZA, NOON).join());
        var store = storeActor(ACME);
        for (var i = 0; i < 2; i++) {
            journal()
                    .submit(work -> HubCommands.confirm(work, ACME, placed, store, NOON))
                    .join();
        }
        var kari = new UserId(Role.DRIVER, "kari");
        new JournalRevocationLog(directory(), journal())
                .append(Set.of(kari), NOON)
                .toCompletableFuture()
                .join();
        assertThat(eventLog().listAfter(placed, 10))
                .extracting(LogEntry::event)
                .containsExactly(new NodeEvent.EventConfirmed(ACME, placed), new NodeEvent.TokensRevoked(kari, NOON));
    }

    private CompletableFuture<Long> append(HubEvent event) {
        return submitEvent(ledger -> ledger.append(event, ADMIN_ACTOR, NOON, NOON.plusMillis(1)));
    }

    private static EventScope scope(Role role, String id) {
        return EventScope.of(new Principal(id, role, null, null, null));
    }
}
