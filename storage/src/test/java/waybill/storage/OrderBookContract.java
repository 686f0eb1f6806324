package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.Parcels.ACCEPT_WITHIN;
import static waybill.storage.Parcels.KARI;
import static waybill.storage.Parcels.NOON;
import static waybill.storage.Parcels.OLA;
import static waybill.storage.Parcels.storeOf;

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
import waybill.order.Details;
import waybill.order.Item;
import waybill.order.ItemOption;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderState;

/// What [waybill.order.OrderBook] promises, and how orders are numbered and their histories read.
interface OrderBookContract extends StorePorts {

    Details PIZZA = new Details(
            "nils",
            "Nils \"Ølbrød\" Hansen",
            "+47 555 01 234",
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
        var placed = Parcels.order(parcels().order(ACME, "m1", PIZZA, NOON).join());
        assertThat(placed.number()).isEqualTo("WB-20260101-0001");
        assertThat(placed.acceptBy()).contains(NOON.plus(ACCEPT_WITHIN));
        assertThat(book().byId(placed.id())).contains(placed);
        assertThat(log().after(0, 1).getFirst().order()).contains(placed);
        assertThat(book().byId(Parcels.id(ACME, "m2"))).isEmpty();
    }

    @Test
    default void anOrderOfWhichNothingIsKnownButNamesIsReadBackToo() {
        var bare = new Details(null, "", null, Address.UNKNOWN, Address.UNKNOWN, List.of(), null, null);
        var placed = Parcels.order(parcels().order(ACME, "m1", bare, NOON).join());
        assertThat(book().byId(placed.id())).contains(placed);
    }

    @Test
    default void everyStepOfAnOrderIsInItsHistoryAsItWasThen() {
        parcels().order(ACME, "other", PIZZA, NOON).join();
        var id = Parcels.order(parcels().order(ACME, "m1", PIZZA, NOON).join()).id();
        var price = new Money(2_900, "EUR");
        List.of(
                        new OrderCommand.Pay(price, "card"),
                        new OrderCommand.Accept(),
                        new OrderCommand.Assign(KARI),
                        new OrderCommand.MarkReady(),
                        new OrderCommand.PickUp(),
                        new OrderCommand.Assign(OLA),
                        new OrderCommand.Fail("nobody at home"))
                .forEach(command ->
                        parcels().say(ACME, "m1", command, storeOf(ACME)).join());
        var history = log().history(id);
        assertThat(history)
                .extracting(LogEntry::event)
                .containsExactly(
                        new OrderEvent.Placed(OrderState.PENDING, OrderEvent.NOTHING_SAID),
                        new OrderEvent.Paid(price, "card"),
                        moved(OrderState.PAYMENT_CONFIRMED, ""),
                        moved(OrderState.ACCEPTED, ""),
                        new OrderEvent.Assigned(KARI),
                        new OrderEvent.Moved(OrderState.READY_FOR_PICKUP, "", "{}"),
                        moved(OrderState.ASSIGNED_TO_DRIVER, ""),
                        moved(OrderState.PICKED_UP, ""),
                        new OrderEvent.Assigned(OLA, KARI),
                        moved(OrderState.FAILED, "nobody at home"));
        assertThat(history).extracting(LogEntry::position).isSorted().doesNotHaveDuplicates();
        assertThat(history)
                .allSatisfy(entry -> assertThat(order(entry).version()).isEqualTo(entry.position()));
        assertThat(history)
                .extracting(entry -> order(entry).isPaid())
                .startsWith(false, true)
                .endsWith(true);
        assertThat(history)
                .extracting(entry -> order(entry).driverOrNone())
                .startsWith(null, null, null, null, KARI)
                .endsWith(KARI, OLA, OLA);
        assertThat(history.getFirst().before()).isEqualTo(OrderState.NEW);
        assertThat(history.getLast().before()).isEqualTo(OrderState.PICKED_UP);
        assertThat(book().byId(id)).contains(order(history.getLast()));
        assertThat(log().history(Parcels.id(ACME, "m2"))).isEmpty();
    }

    @Test
    default void whatIsPaidOfAnOrderIsReadBackPaymentByPayment() {
        var id = Parcels.order(parcels().order(ACME, "m1", PIZZA, NOON).join()).id();
        List.of(1L, 899L, 2_000L)
                .forEach(amount -> parcels()
                        .say(ACME, "m1", new OrderCommand.Pay(new Money(amount, "EUR"), "card"), storeOf(ACME))
                        .join());
        assertThat(log().history(id))
                .extracting(entry -> order(entry).paid())
                .containsExactly(0L, 1L, 900L, 2_900L, 2_900L);
        assertThat(book().byId(id).map(Order::paid)).contains(2_900L);
        var bare = new Details(null, "", null, Address.UNKNOWN, Address.UNKNOWN, List.of(), null, null);
        var unpriced =
                Parcels.order(parcels().order(ACME, "m2", bare, NOON).join()).id();
        parcels()
                .say(ACME, "m2", new OrderCommand.Pay(new Money(7, "EUR"), "card"), storeOf(ACME))
                .join();
        assertThat(book().byId(unpriced).map(Order::isPaid)).contains(true);
        assertThat(log().history(unpriced))
                .extracting(entry -> order(entry).isPaid())
                .containsExactly(false, true, true);
    }

    @Test
    default void ordersAreListedNewestFirstInPages() {
        IntStream.range(0, 7)
                .forEach(i -> parcels().order(ACME, "m" + i, PIZZA, NOON).join());
        var first = book().list(new OrderFilter(new Scope.All(), Set.of(), Long.MAX_VALUE, 3));
        assertThat(first).extracting(Order::messageId).containsExactly("m6", "m5", "m4");
        var second = book().list(new OrderFilter(
                new Scope.All(), Set.of(), first.getLast().row(), 30));
        assertThat(second).extracting(Order::messageId).containsExactly("m3", "m2", "m1", "m0");
        assertThat(book().list(new OrderFilter(
                        new Scope.All(), Set.of(), second.getLast().row(), 30)))
                .isEmpty();
    }

    @Test
    default void ordersAreListedByWhoseTheyAreAndHowTheyStand() {
        parcels().order(ACME, "m1", PIZZA, NOON).join();
        parcels().order(FLOWERS, "m2", PIZZA, NOON).join();
        parcels().place(ACME, "m3").join();
        parcels().collect(ACME, "m3", KARI).join();
        parcels().place(ACME, "m4").join();
        parcels().deliver(ACME, "m4", KARI).join();
        var active = EnumSet.allOf(OrderState.class);
        active.removeIf(state -> !state.isActive());
        assertThat(list(new Scope.All(), active)).containsExactly("m3", "m2", "m1");
        assertThat(list(new Scope.OfStore(ACME), active)).containsExactly("m3", "m1");
        assertThat(list(new Scope.OfStore(ACME), Set.of())).containsExactly("m4", "m3", "m1");
        assertThat(list(new Scope.OfCustomer("nils"), Set.of())).containsExactly("m2", "m1");
        assertThat(list(new Scope.OfCustomer("nils"), active)).containsExactly("m2", "m1");
        assertThat(list(new Scope.OfDriver("kari"), active)).containsExactly("m3");
        assertThat(list(new Scope.OfDriver("kari"), Set.of(OrderState.DELIVERED)))
                .containsExactly("m4");
        assertThat(list(new Scope.All(), Set.of(OrderState.DELIVERED, OrderState.IN_TRANSIT)))
                .containsExactly("m4", "m3");
        assertThat(list(new Scope.OfStore("nobody"), Set.of())).isEmpty();
    }

    @Test
    default void anOrderIsOverdueUntilItsStoreHasAnswered() {
        assertThat(book().nextDeadline()).isEmpty();
        parcels().order(ACME, "late", PIZZA, NOON.plusSeconds(30)).join();
        parcels().order(ACME, "first", PIZZA, NOON).join();
        parcels().place(ACME, "parcel").join();
        var deadline = NOON.plus(ACCEPT_WITHIN);
        assertThat(book().nextDeadline()).contains(deadline);
        assertThat(overdue(deadline.minusMillis(1), 10)).isEmpty();
        assertThat(overdue(deadline, 10)).containsExactly("first");
        assertThat(overdue(deadline.plusSeconds(60), 10)).containsExactly("first", "late");
        assertThat(overdue(deadline.plusSeconds(60), 1)).containsExactly("first");
        parcels().say(ACME, "first", new OrderCommand.Accept(), storeOf(ACME)).join();
        assertThat(overdue(deadline.plusSeconds(60), 10)).containsExactly("late");
        assertThat(book().nextDeadline()).contains(deadline.plusSeconds(30));
        parcels().say(ACME, "late", new OrderCommand.Expire(), storeOf(ACME)).join();
        assertThat(book().nextDeadline()).isEmpty();
    }

    @Test
    default void anOrderIsIdleSinceItsNewestEventUntilItIsOver() {
        parcels().order(ACME, "first", PIZZA, NOON).join();
        parcels().order(ACME, "second", PIZZA, NOON).join();
        parcels().order(ACME, "ended", PIZZA, NOON).join();
        parcels().order(ACME, "young", PIZZA, NOON.plusSeconds(60)).join();
        parcels()
                .say(ACME, "ended", new OrderCommand.Decline("closed"), storeOf(ACME))
                .join();
        assertThat(idle(NOON, 10)).isEmpty();
        assertThat(idle(NOON.plusMillis(1), 10)).containsExactly("first", "second");
        assertThat(idle(NOON.plusMillis(1), 1)).containsExactly("first");
        assertThat(idle(NOON.plusSeconds(61), 10)).containsExactly("first", "second", "young");
    }

    @Test
    default void ordersAreNumberedDayByDayWithoutGaps() {
        var today = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
        parcels().order(ACME, "m1", PIZZA, NOON).join();
        var second = parcels().order(ACME, "m2", PIZZA, NOON);
        var bad = journal().<Long>submit(ledger -> {
            assertThat(ledger.nextOf(today)).isEqualTo(3);
            throw new IllegalArgumentException("a bug");
        });
        var third = parcels().order(ACME, "m3", PIZZA, NOON);
        var tomorrow = parcels().order(ACME, "m4", PIZZA, NOON.plus(Duration.ofDays(1)));
        var late = parcels().order(ACME, "m5", PIZZA, NOON);
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(List.of(second.join(), third.join(), tomorrow.join(), late.join()))
                .extracting(outcome -> Parcels.order(outcome).number())
                .containsExactly("WB-20260101-0002", "WB-20260101-0003", "WB-20260102-0001", "WB-20260101-0004");
    }

    @Test
    default void whatWasWrittenAMomentAgoIsReadBackBeforeItIsKept() {
        var id = Parcels.order(parcels().order(ACME, "m1", PIZZA, NOON).join()).id();
        var read = journal()
                .submit(ledger -> {
                    var order = ledger.byId(id).orElseThrow();
                    var paid = new OrderEvent.Paid(new Money(1, "EUR"), "cash");
                    var position = ledger.append(order.state(), order, paid, KARI, NOON, NOON);
                    assertThat(ledger.byId(id)).contains(order.at(position));
                    assertThat(ledger.named(ACME, "m1")).contains(order.at(position));
                    assertThat(ledger.namesakes("m1", Optional.empty(), Ledger.Among.ALL, KARI, 2))
                            .containsExactly(order.at(position));
                    return order.at(position);
                })
                .join();
        assertThat(book().byId(id)).contains(read);
    }

    private static OrderEvent moved(OrderState to, String reason) {
        return new OrderEvent.Moved(to, reason, OrderEvent.NOTHING_SAID);
    }

    private static Order order(LogEntry entry) {
        return entry.order().orElseThrow();
    }

    private List<String> list(Scope scope, Set<OrderState> states) {
        return book().list(new OrderFilter(scope, states, Long.MAX_VALUE, 100)).stream()
                .map(Order::messageId)
                .toList();
    }

    private List<String> idle(Instant before, int max) {
        return book().idleSince(before, max).stream().map(Order::messageId).toList();
    }

    private List<String> overdue(Instant now, int max) {
        return book().overdue(now, max).stream().map(Order::messageId).toList();
    }
}
