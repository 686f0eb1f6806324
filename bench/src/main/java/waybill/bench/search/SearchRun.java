package waybill.bench.search;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.journal.UnavailableException;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderSearch;
import waybill.order.OrderState;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

/// `waybill bench search`: measures searches over many orders, each a page of 100.
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures full-text searches over generated orders: rare and common words, beginnings of words, "
                + "and each of them among the orders of a store, a customer, a driver and a state.")
public final class SearchRun implements Callable<Integer> {

    private static final int PAGE = 100;

    @Option(names = "--orders", paramLabel = "N", description = "orders in the store (${DEFAULT-VALUE})")
    private int orders = 1_000_000;

    @Option(names = "--searches", paramLabel = "N", description = "searches of each kind (${DEFAULT-VALUE})")
    private int searches = 200;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the directory of the store, which is filled if it is new and kept (${DEFAULT-VALUE})")
    private Path data = Path.of("bench/target/search");

    /// A kind of search: texts that are searched for in turn.
    private record Kind(String name, Scope scope, Set<OrderState> states, List<String> texts) {}

    @Override
    public Integer call() throws SQLException {
        if (Files.notExists(data)) {
            GeneratedStore.create(data, orders);
        }
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            awaitIndex(store);
            kinds(store).forEach(kind -> measure(store, kind));
        }
        return 0;
    }

    /// The store indexes what is not indexed while it has nothing else to do.
    private static void awaitIndex(Store store) {
        var startNs = System.nanoTime();
        while (true) {
            try {
                store.orderQueries().search(OrderSearch.parse("a").orElseThrow(), filter(new Scope.All(), Set.of()));
                System.out.printf(Locale.ROOT, "indexed after %.0f s%n", (System.nanoTime() - startNs) / 1e9);
                return;
            } catch (UnavailableException _) {
                Thread.onSpinWait();
            }
        }
    }

    private List<Kind> kinds(Store store) {
        var newest = store.orderQueries().listOrders(filter(new Scope.All(), Set.of())).stream()
                .map(ListedOrder::order)
                .toList();
        var numbers = newest.stream().map(Order::number).toList();
        var names = newest.stream().map(order -> order.details().customerName()).toList();
        var phones = newest.stream()
                .map(order -> order.details().customerPhone().orElseThrow())
                .toList();
        var pizza = List.of("pizza", "margherita", "street", "oslo pizza", "pizza oslo");
        var beginnings =
                List.of("pi", "piz", "pizz", "pizza", "margher", "margherit", "str", "os", "ada pi", "wb-2025");
        var customer = newest.getFirst().details().customerOrNone();
        var failed = Set.of(OrderState.DECLINED);
        return List.of(
                new Kind("number", new Scope.All(), Set.of(), numbers),
                new Kind(
                        "end of a number",
                        new Scope.All(),
                        Set.of(),
                        numbers.stream()
                                .map(number -> number.substring(number.length() - 4))
                                .toList()),
                new Kind("phone", new Scope.All(), Set.of(), phones),
                new Kind(
                        "first digits of a phone",
                        new Scope.All(),
                        Set.of(),
                        phones.stream().map(phone -> phone.substring(4, 8)).toList()),
                new Kind("name", new Scope.All(), Set.of(), names),
                new Kind("name that no order has", new Scope.All(), Set.of(), List.of("zzyzx", "ada zzyzx")),
                new Kind("common words", new Scope.All(), Set.of(), pizza),
                new Kind("common beginnings", new Scope.All(), Set.of(), beginnings),
                new Kind("common, in a small store", new Scope.OfStore(GeneratedStore.SMALL), Set.of(), pizza),
                new Kind(
                        "common, in a store without",
                        new Scope.OfStore(GeneratedStore.FLOWERS),
                        Set.of(),
                        List.of("pizza", "margherita")),
                new Kind(
                        "beginnings, in a store without",
                        new Scope.OfStore(GeneratedStore.FLOWERS),
                        Set.of(),
                        List.of("pizz", "margherit")),
                new Kind("common, of a customer", new Scope.OfCustomer(String.valueOf(customer)), Set.of(), pizza),
                new Kind("common, of a driver", new Scope.OfDriver("driver-7"), Set.of(), pizza),
                new Kind("beginnings, of a driver", new Scope.OfDriver("driver-7"), Set.of(), beginnings),
                new Kind("common, declined", new Scope.All(), failed, pizza),
                new Kind("beginnings, declined", new Scope.All(), failed, beginnings),
                new Kind("common, declined, of a store", new Scope.OfStore(GeneratedStore.FLOWERS), failed, pizza),
                new Kind("common, delivered", new Scope.All(), Set.of(OrderState.DELIVERED), pizza));
    }

    private void measure(Store store, Kind kind) {
        var latency = new Histogram(60_000_000, 3);
        var cpu = new Histogram(60_000_000, 3);
        var threads = ManagementFactory.getThreadMXBean();
        var found = 0L;
        for (var i = 0; i < searches; i++) {
            var search =
                    OrderSearch.parse(kind.texts().get(i % kind.texts().size())).orElseThrow();
            var startNs = System.nanoTime();
            var startCpuNs = threads.getCurrentThreadCpuTime();
            found += store.orderQueries()
                    .search(search, filter(kind.scope(), kind.states()))
                    .matches()
                    .size();
            latency.recordValue((System.nanoTime() - startNs) / 1_000);
            cpu.recordValue((threads.getCurrentThreadCpuTime() - startCpuNs) / 1_000);
        }
        System.out.printf(
                Locale.ROOT,
                "%-32s found %5.1f  p50 %7.2f ms  p99 %7.2f ms  CPU p50 %6.2f ms  p99 %6.2f ms%n",
                kind.name(),
                found / (double) searches,
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                cpu.getValueAtPercentile(50) / 1e3,
                cpu.getValueAtPercentile(99) / 1e3);
    }

    private static OrderFilter filter(Scope scope, Set<OrderState> states) {
        return new OrderFilter(scope, states, Long.MAX_VALUE, PAGE);
    }
}
