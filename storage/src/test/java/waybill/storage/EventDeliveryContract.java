package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.OrderQueriesContract.PIZZA;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Shift;
import waybill.directory.Vehicle;
import waybill.geo.Area;
import waybill.geo.Position;
import waybill.journal.LogEntry;
import waybill.messaging.EventScope;
import waybill.messaging.Recipient;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.Stop;

/// What [waybill.journal.EventLog] promises: every event is read back, in order, by each recipient.
interface EventDeliveryContract extends StorePorts {

    Shift SHIFT = new Shift(
            5, Vehicle.BICYCLE, new Area.Circle(new Position(59.91, 10.75), 2_500.5), NOON.plusSeconds(3_600));

    Actor ADMIN_ACTOR = new Actor(Actor.Kind.ADMIN, "boss");

    @Test
    default void aUserReceivesOwnEventsAndThoseOfTheRole() {
        var mine = append(
                new HubEvent.UserNotified(new UUID(1, 1), new UserId(Role.CUSTOMER, "nils"), "t", "m", "info"),
                user("nils"));
        var hers = append(
                new HubEvent.UserNotified(new UUID(1, 2), new UserId(Role.CUSTOMER, "eva"), "t", "m", "info"),
                user("eva"));
        var drivers = append(offer("A"), new Recipient.RoleMembers(Role.DRIVER));
        var customers = append(offer("B"), new Recipient.RoleMembers(Role.CUSTOMER));
        var all = append(offer("C"), new Recipient.AllUsers());
        assertThat(listEvents(scope(Role.CUSTOMER, "nils"))).containsExactly(mine, customers, all);
        assertThat(listEvents(scope(Role.CUSTOMER, "eva"))).containsExactly(hers, customers, all);
        assertThat(listEvents(scope(Role.DRIVER, "nils")))
                .as("a driver of the same id is another user")
                .containsExactly(drivers, all);
        assertThat(listEvents(scope(Role.CUSTOMER, "stranger"))).containsExactly(customers, all);
        assertThat(listEvents(scope(Role.SUPPORT, "boss"))).containsExactly(mine, hers, drivers, customers, all);
        assertThat(listEvents(new EventScope(List.of(), null, false))).isEmpty();
    }

    @Test
    default void aMerchantReceivesEventsOfTheStoreAndTheUser() {
        var hers = new UserId(Role.MERCHANT, "eva");
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        orderFixture().place(FLOWERS, "m2", PIZZA, NOON).join();
        append(new HubEvent.BusinessStatusChanged(ACME, "Acme", false), new Recipient.AllUsers());
        append(new HubEvent.BusinessStatusChanged(FLOWERS, "Flowers", false));
        append(new HubEvent.UserNotified(new UUID(1, 1), hers, "t", "m", "info"), new Recipient.User(hers));
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Accept(), storeActor(ACME))
                .join();
        var eva = EventScope.of(new Principal("eva", Role.MERCHANT, null, null, ACME));
        assertThat(listEvents(eva)).as("each once, in the log's order").containsExactly(1L, 3L, 5L, 6L);
    }

    @Test
    default void aReplacedDriverReceivesTheReassignmentOnly() {
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        for (var command : List.of(
                new OrderCommand.Accept(),
                new OrderCommand.Claim(KARI),
                new OrderCommand.Assign(OLA),
                new OrderCommand.MarkReady())) {
            orderFixture().handle(ACME, "m1", command, storeActor(ACME)).join();
        }
        var taken = 3L;
        var given = 4L;
        assertThat(eventLog().listAfter(0, 10).get((int) given - 1).event())
                .isEqualTo(new OrderEvent.Assigned(OLA, KARI));
        assertThat(listEvents(new EventScope(List.of(driver("kari")), null, false)))
                .containsExactly(taken, given);
        assertThat(listEvents(new EventScope(List.of(driver("ola")), null, false)))
                .startsWith(given);
    }

    @Test
    default void aCustomerReceivesArrivalsAtTheDropoffOnly() {
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        for (var command : List.of(
                new OrderCommand.Accept(),
                new OrderCommand.Assign(KARI),
                new OrderCommand.Approach(KARI, Stop.PICKUP, NOON, null),
                new OrderCommand.Arrive(KARI, Stop.PICKUP, NOON),
                new OrderCommand.MarkReady(),
                new OrderCommand.PickUp(),
                new OrderCommand.Approach(KARI, Stop.DROPOFF, NOON, null),
                new OrderCommand.Arrive(KARI, Stop.DROPOFF, NOON.plusMillis(9)),
                new OrderCommand.CorrectArrival(KARI, Stop.DROPOFF, NOON))) {
            orderFixture().handle(ACME, "m1", command, storeActor(ACME)).join();
        }
        assertThat(arrivals(scope(Role.CUSTOMER, "nils")))
                .containsExactly(
                        new OrderEvent.DriverArriving(Stop.DROPOFF, NOON, null),
                        new OrderEvent.DriverArrived(Stop.DROPOFF, NOON.plusMillis(9)));
        assertThat(arrivals(scope(Role.DRIVER, "kari")))
                .containsExactly(
                        new OrderEvent.DriverArrived(Stop.PICKUP, NOON),
                        new OrderEvent.DriverArrived(Stop.DROPOFF, NOON.plusMillis(9)));
        assertThat(arrivals(EventScope.of(new Principal("eva", Role.MERCHANT, null, null, ACME))))
                .hasSize(5);
    }

    private List<OrderEvent> arrivals(EventScope scope) {
        return eventLog().eventsFor(scope, 0, Long.MAX_VALUE, 100).stream()
                .map(entry -> (OrderEvent) entry.event())
                .filter(event -> event.atStop().isPresent())
                .toList();
    }

    @Test
    default void eventsAreReadInPagesUpToASequence() {
        var all = IntStream.range(0, 25)
                .mapToObj(i -> i % 2 == 0
                        ? append(offer("even" + i), user("nils"), new Recipient.AllUsers())
                        : append(offer("odd" + i), i % 3 == 0 ? new Recipient.AllUsers() : user("eva")))
                .toList();
        var nils = scope(Role.CUSTOMER, "nils");
        var expected = IntStream.range(0, 20)
                .filter(i -> i % 2 == 0 || i % 3 == 0)
                .mapToObj(all::get)
                .toList();
        var seen = new ArrayList<Long>();
        for (var page = eventLog().eventsFor(nils, 0, 20, 4);
                !page.isEmpty();
                page = eventLog().eventsFor(nils, seen.getLast(), 20, 4)) {
            assertThat(page).hasSizeLessThanOrEqualTo(4);
            page.forEach(entry -> seen.add(entry.sequence()));
        }
        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(eventLog().eventsFor(scope(Role.ADMIN, "boss"), 3, 20, 2))
                .extracting(LogEntry::sequence)
                .containsExactly(4L, 5L);
        assertThat(eventLog().eventsFor(scope(Role.ADMIN, "boss"), 19, 20, 9)).hasSize(1);
        assertThat(eventLog().eventsFor(nils, 20, 20, 9)).isEmpty();
    }

    /// Names are numbered in memory too, and a number that was taken back must not be another's.
    @Test
    default void aFailedTaskDeliversNoEvents() {
        var bad = journal().<Long>submit(ledger -> {
            ledger.enqueue(user("unknown"), ledger.append(offer("BAD"), ADMIN_ACTOR, NOON, NOON));
            throw new IllegalArgumentException("a bug");
        });
        var hers = submitEvent(ledger -> {
            var position = ledger.append(offer("GOOD"), ADMIN_ACTOR, NOON, NOON);
            ledger.enqueue(user("eva"), position);
            return position;
        });
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(hers.join()).isEqualTo(1);
        assertThat(listEvents(scope(Role.CUSTOMER, "eva"))).containsExactly(1L);
        var later = append(offer("LATER"), user("unknown"));
        assertThat(listEvents(scope(Role.CUSTOMER, "unknown"))).containsExactly(later);
    }

    /// A reader that continues after the newest event it has seen misses none, however busy the writers are.
    @Test
    default void noEventAppearsBehindAReader() {
        var posted = IntStream.range(0, 2_000)
                .mapToObj(i -> submitEvent(ledger -> {
                    var position = ledger.append(offer("o" + i), ADMIN_ACTOR, NOON, NOON);
                    ledger.enqueue(i % 2 == 0 ? user("nils") : new Recipient.RoleMembers(Role.CUSTOMER), position);
                    return position;
                }))
                .toList();
        var nils = scope(Role.CUSTOMER, "nils");
        var seen = new ArrayList<Long>();
        while (seen.size() < posted.size()) {
            var last = seen.isEmpty() ? 0 : seen.getLast();
            eventLog()
                    .eventsFor(nils, last, eventLog().lastSequence(), 100)
                    .forEach(entry -> seen.add(entry.sequence()));
            assertThat(seen).isSorted();
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(2_000);
    }

    private static HubEvent.CouponCreated offer(String code) {
        return new HubEvent.CouponCreated(code, "", BigDecimal.ONE);
    }

    private static Recipient driver(String id) {
        return new Recipient.User(new UserId(Role.DRIVER, id));
    }

    private static Recipient user(String id) {
        return new Recipient.User(new UserId(Role.CUSTOMER, id));
    }

    private static EventScope scope(Role role, String id) {
        return EventScope.of(new Principal(id, role, null, null, null));
    }

    private CompletableFuture<Long> append(HubEvent event) {
        return submitEvent(ledger -> ledger.append(event, ADMIN_ACTOR, NOON, NOON.plusMillis(1)));
    }

    private long append(HubEvent event, Recipient... recipients) {
        return submitEvent(ledger -> {
                    var position = ledger.append(event, ADMIN_ACTOR, NOON, NOON);
                    List.of(recipients).forEach(recipient -> ledger.enqueue(recipient, position));
                    return position;
                })
                .join();
    }

    private List<Long> listEvents(EventScope reader) {
        return eventLog().eventsFor(reader, 0, Long.MAX_VALUE, 100).stream()
                .map(LogEntry::sequence)
                .toList();
    }
}
