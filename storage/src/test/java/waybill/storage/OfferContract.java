package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.OrderFixture.reason;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.OrderQueriesContract.PIZZA;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.LogEntry;
import waybill.messaging.EventScope;
import waybill.order.Actor;
import waybill.order.Decision.Reason;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderEvent.CloseReason;
import waybill.order.OrderOffers;
import waybill.order.OrderState;

/// What a store keeps of the offers of orders to drivers, and that one transaction decides each.
interface OfferContract extends StorePorts {

    int RIVALS = 200;

    @Test
    default void theLogHasTheOffersOfAnOrderAfterEachEvent() {
        accepted("m1");
        var first = new Offer(1, List.of("kari", "ola"), NOON, NOON.plusSeconds(30), List.of("per", "eva"));
        var second = new Offer(2, List.of("per"), NOON.plusSeconds(40), null, List.of());
        for (var command : List.of(
                new OrderCommand.MakeOffer(first),
                new OrderCommand.DeclineOffer(KARI, "too \"far\""),
                new OrderCommand.CloseOffer(1, CloseReason.EXPIRED),
                new OrderCommand.MakeOffer(second),
                new OrderCommand.AcceptOffer(Actor.driver("per")),
                new OrderCommand.Prepare())) {
            handle("m1", command);
        }
        var history = eventLog().listHistory(OrderFixture.id(ACME, "m1"));
        var firstToOla = new Offer(1, List.of("ola"), NOON, NOON.plusSeconds(30), List.of("per", "eva"));
        assertThat(history.subList(2, 7))
                .extracting(LogEntry::event)
                .containsExactly(
                        new OrderEvent.Offered(first),
                        new OrderEvent.OfferDeclined(KARI, "too \"far\""),
                        new OrderEvent.OfferClosed(1, CloseReason.EXPIRED),
                        new OrderEvent.Offered(second),
                        new OrderEvent.Assigned(Actor.driver("per")));
        var declined = List.of("kari");
        var lapsed = List.of("ola");
        assertThat(history)
                .extracting(entry -> order(entry).offers())
                .containsExactly(
                        OrderOffers.NONE,
                        OrderOffers.NONE,
                        new OrderOffers(1, first, null, List.of(), List.of()),
                        new OrderOffers(1, firstToOla, null, declined, List.of()),
                        new OrderOffers(1, null, firstToOla, declined, lapsed),
                        new OrderOffers(2, second, null, declined, lapsed),
                        new OrderOffers(2, null, second, declined, lapsed),
                        new OrderOffers(2, null, null, declined, lapsed));
        assertThat(orderQueries().findOrder(OrderFixture.id(ACME, "m1"))).contains(order(history.getLast()));
    }

    @Test
    default void anOrderThatWasHandedBackIsReadBackWithoutItsDriver() {
        accepted("m1");
        handle("m1", new OrderCommand.MarkReady());
        handle("m1", new OrderCommand.Assign(KARI));
        handle("m1", new OrderCommand.HandBack(KARI, "flat \"tyre\""));
        var history = eventLog().listHistory(OrderFixture.id(ACME, "m1"));
        assertThat(history.subList(history.size() - 2, history.size()))
                .extracting(LogEntry::event)
                .containsExactly(
                        new OrderEvent.HandedBack(KARI, "flat \"tyre\""),
                        new OrderEvent.StateChanged(
                                OrderState.READY_FOR_PICKUP, "flat \"tyre\"", OrderEvent.NO_DOCUMENT));
        var last = order(history.getLast());
        assertThat(last.driver()).isEmpty();
        assertThat(last.offers().declinedBy()).containsExactly("kari");
        assertThat(orderQueries().findOrder(OrderFixture.id(ACME, "m1"))).contains(last);
        assertThat(eventsOf("kari"))
                .as("the driver learns of it")
                .contains(history.get(history.size() - 2).sequence());
    }

    @Test
    default void anOfferIsAddressedToTheDriversThatAreAsked() {
        accepted("m1");
        handle("m1", new OrderCommand.MakeOffer(offer(1, "kari")));
        handle("m1", new OrderCommand.CloseOffer(1, CloseReason.EXPIRED));
        handle("m1", new OrderCommand.MakeOffer(offer(2, "kari")));
        handle("m1", new OrderCommand.DeclineOffer(KARI, ""));
        assertThat(eventsOf("kari")).containsExactly(1L, 3L, 4L, 5L);
        assertThat(eventsOf("ola")).as("the placement is for all drivers").containsExactly(1L);
    }

    @Test
    default void aDriverOffDutyIsNotAsked() {
        accepted("m1");
        journal()
                .submit(work -> {
                    work.save(new DriverState("kari", DriverStatus.OFFLINE, NOON));
                    return true;
                })
                .join();
        var refused = orderFixture()
                .handle(ACME, "m1", new OrderCommand.MakeOffer(offer(1, "ola", "kari")), Actor.HUB)
                .join();
        assertThat(refused)
                .isEqualTo(
                        new OrderResult.Rejected(Reason.CONFLICT, "driver kari: off duty (expected: drivers on duty)"));
    }

    @Test
    default void oneOfTwoHundredAcceptancesInOneBatchWins() {
        accepted("m1");
        handle("m1", new OrderCommand.MarkReady());
        handle(
                "m1",
                new OrderCommand.MakeOffer(
                        offer(1, IntStream.range(0, 50).mapToObj(i -> "d" + i).toArray(String[]::new))));
        var results = IntStream.range(0, RIVALS)
                .mapToObj(i -> Actor.driver("d" + i % 100))
                .map(driver -> orderFixture().handle(ACME, "m1", new OrderCommand.AcceptOffer(driver), driver))
                .toList();
        var kinds = results.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(Object::getClass, Collectors.counting()));
        assertThat(kinds)
                .containsOnly(
                        Map.entry(OrderResult.Committed.class, 1L),
                        Map.entry(OrderResult.Duplicate.class, 1L), // the winner again
                        Map.entry(OrderResult.Rejected.class, RIVALS - 2L));
    }

    @Test
    default void aParcelThatADriverCollectsIsOfferedNoMore() {
        orderFixture().place(ACME, "m1").join();
        var id = OrderFixture.id(ACME, "m1");
        assertThat(orderQueries().findOrder(id).orElseThrow().offers().openFor("kari"))
                .isPresent();
        orderFixture().collect(ACME, "m1", OLA).join();
        assertThat(orderQueries().findOrder(id).orElseThrow().offers())
                .isEqualTo(new OrderOffers(1, null, null, List.of(), List.of()));
        assertThat(reason(orderFixture()
                        .handle(ACME, "m1", new OrderCommand.AcceptOffer(KARI), KARI)
                        .join()))
                .isEqualTo(Reason.CONFLICT);
    }

    private void accepted(String name) {
        orderFixture().place(ACME, name, PIZZA, NOON).join();
        handle(name, new OrderCommand.Accept());
    }

    private void handle(String name, OrderCommand command) {
        var done = orderFixture().handle(ACME, name, command, storeActor(ACME)).join();
        assertThat(done).isInstanceOf(OrderResult.Committed.class);
    }

    private List<Long> eventsOf(String driver) {
        var scope = EventScope.of(new Principal(driver, Role.DRIVER, null, null, null));
        return eventLog().eventsFor(scope, 0, Long.MAX_VALUE, 100).stream()
                .map(LogEntry::sequence)
                .toList();
    }

    private static Offer offer(int round, String... drivers) {
        return new Offer(round, List.of(drivers), NOON, NOON.plusSeconds(30), List.of());
    }

    private static Order order(LogEntry entry) {
        return entry.order().orElseThrow();
    }
}
