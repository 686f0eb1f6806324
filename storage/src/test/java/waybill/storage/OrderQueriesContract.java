package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.ACCEPT_WITHIN;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;
import waybill.order.Customer;
import waybill.order.Item;
import waybill.order.ItemOption;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderState;

/// What [waybill.order.OrderQueries] promises, and how orders are numbered and their histories read.
interface OrderQueriesContract extends StorePorts {

    OrderDetails PIZZA = new OrderDetails(
            new Customer("nils", "Nils \"Ølbrød\" Hansen", "+47 555 01 234"),
            new Address("Kjøkkenveien 7\n2. etasje", new Position(59.9139, -10.7522)),
            new Address("Storgata 1", new Position(0, 0), "ring twice"),
            List.of(
                    new Item("pizza-4", "Quattro stagioni", 2, new Money(1_450, "EUR")),
                    new Item(
                            "tea",
                            null,
                            1,
                            null,
                            "hot, \"not\" warm",
                            List.of(
                                    new ItemOption("size", "large", new Money(150, "EUR")),
                                    new ItemOption("lemon", null, null))),
                    new Item("napkin", null, 10_000, null)),
            new Money(2_900, "EUR"),
            new Money(0, "JPY"));

    @Test
    default void anOrderIsReadBackAsItWasPlaced() {
        var placed =
                OrderFixture.place(orderFixture().place(ACME, "m1", PIZZA, NOON).join());
        assertThat(placed.number()).isEqualTo("WB-20260101-0001");
        assertThat(placed.acceptBy()).contains(NOON.plus(ACCEPT_WITHIN));
        assertThat(orderQueries().findOrder(placed.id())).contains(placed);
        assertThat(eventLog().listAfter(0, 1).getFirst().order()).contains(placed);
        assertThat(orderQueries().findOrder(OrderFixture.id(ACME, "m2"))).isEmpty();
    }

    @Test
    default void anOrderWithNamesOnlyIsReadBack() {
        var bare =
                new OrderDetails(new Customer(null, "", null), Address.UNKNOWN, Address.UNKNOWN, List.of(), null, null);
        var placed =
                OrderFixture.place(orderFixture().place(ACME, "m1", bare, NOON).join());
        assertThat(orderQueries().findOrder(placed.id())).contains(placed);
    }

    @Test
    default void ordersAreListedNewestFirstInPages() {
        IntStream.range(0, 7)
                .forEach(i -> orderFixture().place(ACME, "m" + i, PIZZA, NOON).join());
        var first = orderQueries().listOrders(new OrderFilter(new Scope.All(), Set.of(), Long.MAX_VALUE, 3));
        assertThat(first).extracting(listed -> listed.order().messageId()).containsExactly("m6", "m5", "m4");
        var second = orderQueries()
                .listOrders(new OrderFilter(
                        new Scope.All(), Set.of(), first.getLast().placedSequence(), 30));
        assertThat(second).extracting(listed -> listed.order().messageId()).containsExactly("m3", "m2", "m1", "m0");
        assertThat(orderQueries()
                        .listOrders(new OrderFilter(
                                new Scope.All(), Set.of(), second.getLast().placedSequence(), 30)))
                .isEmpty();
    }

    @Test
    default void ordersAreListedByScopeAndState() {
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        orderFixture().place(FLOWERS, "m2", PIZZA, NOON).join();
        orderFixture().place(ACME, "m3").join();
        orderFixture().collect(ACME, "m3", KARI).join();
        orderFixture().place(ACME, "m4").join();
        orderFixture().deliver(ACME, "m4", KARI).join();
        var active = EnumSet.allOf(OrderState.class);
        active.removeIf(state -> !state.isActive());
        assertThat(listOrders(new Scope.All(), active)).containsExactly("m3", "m2", "m1");
        assertThat(listOrders(new Scope.OfStore(ACME), active)).containsExactly("m3", "m1");
        assertThat(listOrders(new Scope.OfStore(ACME), Set.of())).containsExactly("m4", "m3", "m1");
        assertThat(listOrders(new Scope.OfCustomer("nils"), Set.of())).containsExactly("m2", "m1");
        assertThat(listOrders(new Scope.OfCustomer("nils"), active)).containsExactly("m2", "m1");
        assertThat(listOrders(new Scope.OfDriver("kari"), active)).containsExactly("m3");
        assertThat(listOrders(new Scope.OfDriver("kari"), Set.of(OrderState.DELIVERED)))
                .containsExactly("m4");
        assertThat(listOrders(new Scope.All(), Set.of(OrderState.DELIVERED, OrderState.IN_TRANSIT)))
                .containsExactly("m4", "m3");
        assertThat(listOrders(new Scope.OfStore("unknown-store"), Set.of())).isEmpty();
    }

    @Test
    default void anOrderIsOverdueUntilTheStoreAcceptsOrDeclines() {
        orderFixture().place(ACME, "late", PIZZA, NOON.plusSeconds(30)).join();
        orderFixture().place(ACME, "first", PIZZA, NOON).join();
        orderFixture().place(ACME, "parcel").join();
        var deadline = NOON.plus(ACCEPT_WITHIN);
        assertThat(listOverdue(deadline.minusMillis(1), 10)).isEmpty();
        assertThat(listOverdue(deadline, 10)).containsExactly("first");
        assertThat(listOverdue(deadline.plusSeconds(60), 10)).containsExactly("first", "late");
        assertThat(listOverdue(deadline.plusSeconds(60), 1)).containsExactly("first");
        orderFixture()
                .handle(ACME, "first", new OrderCommand.Accept(), storeActor(ACME))
                .join();
        assertThat(listOverdue(deadline.plusSeconds(60), 10)).containsExactly("late");
        orderFixture()
                .handle(ACME, "late", new OrderCommand.Expire(), storeActor(ACME))
                .join();
    }

    @Test
    default void anOrderIsIdleSinceItsNewestEventUntilItIsOver() {
        orderFixture().place(ACME, "first", PIZZA, NOON).join();
        orderFixture().place(ACME, "second", PIZZA, NOON).join();
        orderFixture().place(ACME, "ended", PIZZA, NOON).join();
        orderFixture().place(ACME, "young", PIZZA, NOON.plusSeconds(60)).join();
        orderFixture()
                .handle(ACME, "ended", new OrderCommand.Decline("closed"), storeActor(ACME))
                .join();
        assertThat(idle(NOON, 10)).isEmpty();
        assertThat(idle(NOON.plusMillis(1), 10)).containsExactly("first", "second");
        assertThat(idle(NOON.plusMillis(1), 1)).containsExactly("first");
        assertThat(idle(NOON.plusSeconds(61), 10)).containsExactly("first", "second", "young");
    }

    @Test
    default void ordersAreNumberedDayByDayWithoutGaps() {
        var today = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        var second = orderFixture().place(ACME, "m2", PIZZA, NOON);
        var bad = journal().<Long>submit(ledger -> {
            assertThat(ledger.nextOrderNumber(today)).isEqualTo(3);
            throw new IllegalArgumentException("a bug");
        });
        var third = orderFixture().place(ACME, "m3", PIZZA, NOON);
        var tomorrow = orderFixture().place(ACME, "m4", PIZZA, NOON.plus(Duration.ofDays(1)));
        var late = orderFixture().place(ACME, "m5", PIZZA, NOON);
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(List.of(second.join(), third.join(), tomorrow.join(), late.join()))
                .extracting(outcome -> OrderFixture.place(outcome).number())
                .containsExactly("WB-20260101-0002", "WB-20260101-0003", "WB-20260102-0001", "WB-20260101-0004");
    }

    @Test
    default void aTaskReadsItsOwnUncommittedWrites() {
        var id = OrderFixture.place(
                        orderFixture().place(ACME, "m1", PIZZA, NOON).join())
                .id();
        var read = journal()
                .submit(new Transaction<>(List.of(), ledger -> {
                    var order = ledger.findOrder(id).orElseThrow();
                    var paid = new OrderEvent.Paid(new Money(1, "EUR"), "cash");
                    var position = ledger.append(order.state(), order, paid, KARI, NOON, NOON);
                    assertThat(ledger.findOrder(id)).contains(order.withSequence(position));
                    assertThat(ledger.findByStoreReference(ACME, "m1")).contains(order.withSequence(position));
                    assertThat(ledger.findAllByReference(
                                    "m1", Optional.empty(), UnitOfWork.ReferenceScope.ALL, KARI, 2))
                            .containsExactly(order.withSequence(position));
                    return sequences -> sequences.of(order.withSequence(position));
                }))
                .join();
        assertThat(orderQueries().findOrder(id)).contains(read);
    }

    private List<String> listOrders(Scope scope, Set<OrderState> states) {
        return orderQueries().listOrders(new OrderFilter(scope, states, Long.MAX_VALUE, 100)).stream()
                .map(listed -> listed.order().messageId())
                .toList();
    }

    private List<String> idle(Instant before, int max) {
        return orderQueries().idleSince(before, max).stream()
                .map(Order::messageId)
                .toList();
    }

    private List<String> listOverdue(Instant now, int max) {
        return orderQueries().listOverdue(now, max).stream()
                .map(Order::messageId)
                .toList();
    }
}
