package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import waybill.order.Customer;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderSearch;
import waybill.order.OrderState;

/// Searches for parts of random words find what [waybill.order.OrderSearch] finds in the orders themselves.
interface RandomOrderSearchContract extends OrderSearchSteps {

    List<List<OrderCommand>> LIVES = List.of(
            List.of(),
            List.of(new OrderCommand.Accept()),
            List.of(new OrderCommand.Decline("closed")),
            List.of(new OrderCommand.Accept(), new OrderCommand.Assign(KARI)));

    /// What a search finds is what each order says of itself, whatever was written and asked.
    @Test
    default void randomSearchesFindWhatTheOrdersSay() {
        var random = new Random(7);
        var words = List.of(
                "pizza",
                "pizzeria",
                "Pizzaiolo",
                "tea",
                "Ålesund",
                "0001",
                "47 11",
                "a\"b",
                "AND",
                "\uD83C\uDF55x",
                "näher");
        placeRandom(random, words);
        var all = orderQueries().listOrders(new OrderFilter(ALL, Set.of(), Long.MAX_VALUE, 10_000)).stream()
                .map(ListedOrder::order)
                .toList();
        assertThat(all).hasSize(MANY);
        var scopes = List.of(
                ALL,
                new Scope.OfStore(ACME),
                new Scope.OfStore(FLOWERS),
                new Scope.OfCustomer("c1"),
                new Scope.OfDriver("kari"));
        var states = List.<Set<OrderState>>of(
                Set.of(),
                Set.of(OrderState.PENDING),
                Set.of(OrderState.DECLINED, OrderState.FAILED),
                Set.of(OrderState.ACCEPTED));
        var noise = " \"*-:^(){}+'\0\\%_;,.";
        for (var i = 0; i < 200; i++) {
            var text = new StringBuilder();
            for (var word = random.nextInt(3); word >= 0; word--) {
                var of = words.get(random.nextInt(words.size()));
                text.append(of, 0, random.nextInt(of.length()) + 1)
                        .append(noise.charAt(random.nextInt(noise.length())));
            }
            var search = OrderSearch.parse(text.toString());
            if (search.isEmpty()) {
                continue;
            }
            var scope = scopes.get(random.nextInt(scopes.size()));
            var filter = new OrderFilter(scope, states.get(random.nextInt(states.size())), Long.MAX_VALUE, 10_000);
            assertThat(search(text.toString(), scope, filter.states()))
                    .as("%s of %s", text, filter)
                    .isEqualTo(all.stream()
                            .filter(filter::includes)
                            .filter(search.get()::matches)
                            .map(Order::messageId)
                            .toList());
        }
    }

    private void placeRandom(Random random, List<String> words) {
        var written = new ArrayList<CompletableFuture<?>>();
        for (var i = 0; i < MANY; i++) {
            var store = random.nextBoolean() ? ACME : FLOWERS;
            var text = random.ints(3, 0, words.size()).mapToObj(words::get).collect(Collectors.joining(" "));
            var customer = new Customer("c" + random.nextInt(3), words.get(random.nextInt(words.size())), null);
            written.add(orderFixture().place(store, "m" + i, OrderSearchSteps.details(customer, text), NOON));
            for (var command : LIVES.get(random.nextInt(LIVES.size()))) {
                written.add(orderFixture().handle(store, "m" + i, command, storeActor(store)));
            }
        }
        written.forEach(CompletableFuture::join);
    }
}
