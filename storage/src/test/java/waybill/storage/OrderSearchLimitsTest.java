package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.StorePorts.ACME;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.geo.Address;
import waybill.order.Customer;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderSearch;
import waybill.order.OrderState;
import waybill.storage.sql.StoreLimits;

/// Searches whose words many more orders have than a search looks at for one page: the page ends early, and the search
/// continues on the next. The three oldest orders are in other states than all the others.
class OrderSearchLimitsTest {

    /// More than `CANDIDATES_MAX` of a search, which is 3,000, and than `COMPARED_MAX`, which is 1,000.
    private static final int ORDERS = 3_410;

    /// States of which neither all are active nor all failed, so that no index has the orders in them.
    private static final Set<OrderState> MIXED = Set.of(OrderState.ACCEPTED, OrderState.DECLINED);

    private static final Scope ALL = new Scope.All();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static Store store;

    @BeforeAll
    static void place() throws SQLException {
        store = Store.open(data, StoreLimits.defaults(), () -> {});
        var orders = new OrderFixture(store.journal());
        var details = new OrderDetails(
                new Customer("c", "Ada", null),
                Address.UNKNOWN,
                new Address("Margherita 1", null),
                List.of(),
                null,
                null);
        IntStream.range(0, ORDERS)
                .mapToObj(i -> orders.place(ACME, "m" + i, details, NOON))
                .toList()
                .forEach(CompletableFuture::join);
        var shop = storeActor(ACME);
        orders.handle(ACME, "m0", new OrderCommand.Accept(), shop).join();
        orders.handle(ACME, "m1", new OrderCommand.Accept(), shop).join();
        orders.handle(ACME, "m1", new OrderCommand.Assign(KARI), shop).join();
        orders.handle(ACME, "m2", new OrderCommand.Decline("closed"), shop).join();
        awaitIndex();
    }

    /// Orders are indexed in steps of 128 while the store has nothing else to do.
    private static void awaitIndex() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.db"));
                var left = connection.prepareStatement("SELECT count(*) FROM orders WHERE order_row >"
                        + " (SELECT position FROM progress WHERE name = 'words of orders')")) {
            while (left.executeQuery().getLong(1) >= 128) {
                Thread.onSpinWait();
            }
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void aPageEndsAfterThreeThousandOrdersWithTheWords() {
        assertThat(search("ada", ALL, MIXED)).isEqualTo(new Found(List.of("m2", "m1", "m0"), 2, 1));
    }

    @Test
    void aPageEndsAfterAThousandOrdersThatAreCompared() {
        assertThat(search("margherit", ALL, MIXED)).isEqualTo(new Found(List.of("m2", "m1", "m0"), 4, 3));
    }

    @Test
    void theFewOrdersOfADriverOrOfFailedStatesAreFoundOnTheFirstPage() {
        for (var text : List.of("ada", "margherit")) {
            assertThat(search(text, new Scope.OfDriver("kari"), Set.of())).isEqualTo(new Found(List.of("m1"), 1, 0));
            assertThat(search(text, ALL, Set.of(OrderState.DECLINED))).isEqualTo(new Found(List.of("m2"), 1, 0));
            assertThat(search(text, ALL, Set.of(OrderState.ACCEPTED))).isEqualTo(new Found(List.of("m1", "m0"), 1, 0));
        }
    }

    @Test
    void allPagesTogetherHaveEachOrderOnce() {
        for (var text : List.of("ada", "margherit")) {
            var found = search(text, ALL, Set.of(), 1_000);
            assertThat(found.orders()).hasSize(ORDERS).doesNotHaveDuplicates();
            assertThat(found.emptyPages()).isZero();
        }
    }

    private record Found(List<String> orders, int pages, int emptyPages) {}

    private static Found search(String text, Scope scope, Set<OrderState> states) {
        return search(text, scope, states, 50);
    }

    /// Reads all pages.
    private static Found search(String text, Scope scope, Set<OrderState> states, int pageMax) {
        var search = OrderSearch.parse(text).orElseThrow();
        var queries = store.orderQueries();
        var found = new ArrayList<String>();
        var pages = 0;
        var empty = 0;
        var before = Long.MAX_VALUE;
        for (var hasMore = true; hasMore; pages++) {
            var page = queries.search(search, new OrderFilter(scope, states, before, pageMax));
            page.matches()
                    .forEach(match -> found.add(
                            queries.findOrder(match.order()).orElseThrow().messageId()));
            empty += page.matches().isEmpty() ? 1 : 0;
            hasMore = page.hasMore();
            before = page.nextPlacedBefore();
        }
        return new Found(found, pages, empty);
    }
}
