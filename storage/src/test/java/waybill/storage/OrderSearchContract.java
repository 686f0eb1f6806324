package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.OrderFixture.storeActor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.order.Customer;
import waybill.order.Item;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderSearch;
import waybill.order.OrderState;

/// How orders are found by their words, whether a store has just written them or long ago.
interface OrderSearchContract extends OrderSearchSteps {

    @Test
    default void anOrderIsFoundByItsNumberAndParts() {
        place("A-17/bis", "Nils", "Storgata 1", "Pizza");
        place("other", "Ada", "Kirkegata 2", "Tea");
        index();
        assertFound("WB-20260101-0001", "A-17/bis");
        assertFound("20260101-0001", "A-17/bis");
        assertFound("0001", "A-17/bis");
        assertFound("wb 0002", "other");
        assertFound("a-17", "A-17/bis");
        assertFound("17 BIS", "A-17/bis");
        assertFound("WB-20260101", "other", "A-17/bis");
    }

    @Test
    default void anOrderIsFoundByCustomerAddressAndProducts() {
        place("m1", "Bjørn Nuñez", "Rue de l'Église 7, Zürich", "Quattro stagioni", "crème brûlée");
        place("m2", "Żaneta", "Storgata 1", "Pizza margherita");
        index();
        for (var text : List.of("nunez", "NUÑEZ", "eglise", "zurich 7", "stagioni", "Creme Brulee", "bjørn église")) {
            assertFound(text, "m1");
        }
        assertFound("zaneta pizza", "m2");
        assertFound("pizza zurich");
    }

    @Test
    default void aPhoneNumberIsFoundHoweverItIsWritten() {
        orderFixture()
                .place(
                        ACME,
                        "m1",
                        OrderSearchSteps.details(new Customer("nils", "Nils", "+47 555 01 234"), "Storgata 1"),
                        NOON)
                .join();
        orderFixture()
                .place(
                        ACME,
                        "m2",
                        OrderSearchSteps.details(new Customer("ada", "Ada", "+4755509876"), "Storgata 2"),
                        NOON)
                .join();
        index();
        assertFound("+47 555 01 234", "m1");
        assertFound("+4755501234", "m1");
        assertFound("(47) 555-01", "m1");
        assertFound("4755509876", "m2");
        assertFound("+47 555 09 876", "m2");
    }

    @Test
    default void onlyTheLastWordIsABeginning() {
        place("m1", "Nils", "Storgata 1", "Pizza margherita");
        place("m2", "Nils", "Storgata 1", "Pizzeria special");
        place("m3", "Nils", "Storgata 1", "Margarine");
        index();
        assertFound("pi", "m2", "m1");
        assertFound("pizz", "m2", "m1");
        assertFound("pizza", "m1");
        assertFound("pizze", "m2");
        assertFound("margh", "m1");
        assertFound("margher", "m1");
        assertFound("margherit", "m1");
        assertFound("margherita", "m1");
        assertFound("margheritas");
        assertFound("pizz margherita");
        assertFound("margherita pizz", "m1");
        assertFound("p");
    }

    @Test
    default void theTextOfAUserIsNotSyntax() {
        place("m1", "AND NEAR", "words 1", "or not");
        place("m2", "Nils", "Storgata 2", "tea");
        index();
        assertFound("AND", "m1");
        assertFound("\"and\" near(*)", "m1");
        assertFound("words:near", "m1");
        assertFound("-or ^not", "m1");
        assertFound("{words} : or", "m1");
        assertFound("tea OR not");
        assertFound("s:1");
        for (var empty : List.of("", " ", "*", "\"\"", "- : ^ ( )", "\0", "🍕")) {
            assertThat(OrderSearch.parse(empty)).isEmpty();
        }
        assertThat(OrderSearch.parse("a ".repeat(OrderSearch.WORDS_MAX))).isPresent();
        assertThat(OrderSearch.parse("a ".repeat(OrderSearch.WORDS_MAX + 1))).isEmpty();
    }

    @Test
    default void aLongWordIsFoundByItsFirstCharacters() {
        place("x".repeat(199), "Nils", "Storgata 1", "tea");
        index();
        assertFound("x".repeat(199), "x".repeat(199));
        assertFound("x".repeat(31), "x".repeat(199));
    }

    @Test
    default void onlyTheOrdersOfTheScopeAreFound() {
        placeAs(ACME, "m1", "nils");
        placeAs(FLOWERS, "m2", "nils");
        placeAs(ACME, "m3", "ada");
        for (var order : List.of("m1", "m3")) {
            orderFixture()
                    .handle(ACME, order, new OrderCommand.Accept(), storeActor(ACME))
                    .join();
        }
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Assign(KARI), storeActor(ACME))
                .join();
        index();
        var tea = "tea";
        assertThat(search(tea, ALL, Set.of())).containsExactly("m3", "m2", "m1");
        assertThat(search(tea, new Scope.OfStore(ACME), Set.of())).containsExactly("m3", "m1");
        assertThat(search(tea, new Scope.OfStore(FLOWERS), Set.of())).containsExactly("m2");
        assertThat(search(tea, new Scope.OfStore("none"), Set.of())).isEmpty();
        assertThat(search(tea, new Scope.OfCustomer("nils"), Set.of())).containsExactly("m2", "m1");
        assertThat(search(tea, new Scope.OfDriver("kari"), Set.of())).containsExactly("m1");
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Assign(OLA), storeActor(ACME))
                .join();
        assertThat(search(tea, new Scope.OfDriver("kari"), Set.of())).isEmpty();
        assertThat(search(tea, new Scope.OfDriver("ola"), Set.of())).containsExactly("m1");
    }

    @Test
    default void onlyOrdersInTheStatesAreFound() {
        IntStream.rangeClosed(1, 4).forEach(i -> placeAs(ACME, "m" + i, "nils"));
        orderFixture()
                .handle(ACME, "m2", new OrderCommand.Accept(), storeActor(ACME))
                .join();
        orderFixture()
                .handle(ACME, "m3", new OrderCommand.Decline("closed"), storeActor(ACME))
                .join();
        index();
        assertThat(search("tea", ALL, Set.of(OrderState.PENDING))).containsExactly("m4", "m1");
        assertThat(search("tea", ALL, Set.of(OrderState.ACCEPTED, OrderState.DECLINED)))
                .containsExactly("m3", "m2");
        assertThat(search("tea", new Scope.OfStore(ACME), Set.of(OrderState.DECLINED)))
                .containsExactly("m3");
        assertThat(search("tea", ALL, Set.of(OrderState.DELIVERED))).isEmpty();
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Decline("closed"), storeActor(ACME))
                .join();
        assertThat(search("tea", ALL, Set.of(OrderState.DECLINED))).containsExactly("m3", "m1");
    }

    @Test
    default void anOrderIsFoundAsSoonAsItIsPlacedAndNeverTwice() {
        var words = List.of("tea", "mint", "peppermint");
        var placed = new ArrayList<String>();
        for (var i = 0; i < MANY; ) {
            var batch = new ArrayList<CompletableFuture<?>>();
            for (var end = i + 31; i < end; i++) {
                batch.add(orderFixture()
                        .place(
                                ACME,
                                "m" + i,
                                OrderSearchSteps.details(new Customer("c", words.get(i % 3), null), "street"),
                                NOON));
                if (i % 3 == 1) {
                    placed.addFirst("m" + i);
                }
            }
            batch.forEach(CompletableFuture::join);
            assertThat(search("mint", ALL, Set.of())).isEqualTo(placed);
        }
    }

    private void place(String messageId, String customer, String address, String... products) {
        var items = List.of(products).stream()
                .map(name -> new Item("p", name, 1, null))
                .toList();
        var details = new OrderDetails(
                new Customer("c", customer, null), Address.UNKNOWN, new Address(address, null), items, null, null);
        orderFixture().place(ACME, messageId, details, NOON).join();
    }

    private void placeAs(String store, String messageId, String customer) {
        orderFixture()
                .place(
                        store,
                        messageId,
                        OrderSearchSteps.details(new Customer(customer, customer, null), "tea street"),
                        NOON)
                .join();
    }

    /// Places so many orders that a store with an index has the earlier ones in it.
    private void index() {
        IntStream.range(0, MANY)
                .mapToObj(i -> orderFixture()
                        .place(
                                "filler",
                                "filler" + i,
                                OrderSearchSteps.details(new Customer("f", "Filler", null), "none"),
                                NOON))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private void assertFound(String text, String... messageIds) {
        assertThat(search(text, new Scope.OfStore(ACME), Set.of())).as(text).containsExactly(messageIds);
    }
}
