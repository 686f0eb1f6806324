package waybill.cli.traffic;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.ClientThread;
import waybill.cli.city.City;
import waybill.cli.city.GeoJson;
import waybill.cli.city.Navigator;
import waybill.cli.vendor.PersonNames;

/// The stores, customers and drivers of a city, each driver and store with its own connection to the hub.
public final class CityTraffic implements AutoCloseable {

    /// What the traffic is doing.
    ///
    /// @param drivers that are connected
    /// @param busy drivers with an order
    /// @param waiting orders that no driver has picked up
    /// @param placed orders since the start
    /// @param delivered orders since the start
    public record Figures(int drivers, int busy, int waiting, long placed, long delivered) {
        public static final Figures NONE = new Figures(0, 0, 0, 0, 0);
    }

    /// Clients begin one after the other.
    private static final Duration BETWEEN_CLIENTS = Duration.ofMillis(25);

    private static final Duration BETWEEN_FIRST_ORDERS = Duration.ofMillis(120);
    private static final Duration BETWEEN_FIGURES = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ClientThread thread = new ClientThread("city");
    private final SocketThreads sockets = new SocketThreads();
    private final HubApi api;
    private final TrafficContext context;
    private final long seed;
    private final Consumer<Figures> listener;
    private final SplittableRandom random;
    private final OrderPlacer customers;
    private final List<DriverActor> drivers = new ArrayList<>();
    private final List<StoreActor> stores = new ArrayList<>();
    private final List<StoreActor> openStores = new ArrayList<>();
    private int firstOrders;
    private Figures figures = Figures.NONE;

    /// The city's map, with its stores.
    public static JSONObject map(City city, long seed) {
        return GeoJson.of(
                city,
                stores(city, seed).stream()
                        .map(store ->
                                new GeoJson.Place(store.name(), store.address().door()))
                        .toList());
    }

    private static List<Store> stores(City city, long seed) {
        return Store.of(city, new SplittableRandom(seed));
    }

    /// @param seed of the stores and of what the actors do
    /// @param listener is told of new figures on the thread of the traffic
    public CityTraffic(
            URI hub, City city, TrafficPlan plan, InstantSource clock, long seed, Consumer<Figures> listener) {
        this.seed = seed;
        this.listener = listener;
        random = new SplittableRandom(seed);
        api = new HubApi(hub, thread);
        context = new TrafficContext(city, new Navigator(city), plan, hub, api, sockets, thread, clock);
        customers = new OrderPlacer(context, random.split());
        firstOrders = plan.ordersAtStart();
    }

    public void start() {
        thread.execute(() -> {
            var delay = Duration.ZERO;
            for (var store : stores(context.city(), seed)) {
                thread.schedule(delay, () -> open(store));
                delay = delay.plus(BETWEEN_CLIENTS);
            }
            for (var i = 0; i < context.plan().drivers(); i++) {
                var name = PersonNames.of(i);
                thread.schedule(delay, () -> hire(name));
                delay = delay.plus(BETWEEN_CLIENTS);
            }
            placeNext();
            count();
        });
    }

    private void open(Store store) {
        var user = new JSONObject()
                .put("userId", store.id())
                .put("name", store.name())
                .put("role", "merchant")
                .put("store", store.id());
        context.requestToken(user, token -> {
            var actor = new StoreActor(context, store, token, random.split());
            stores.add(actor);
            actor.start(() -> openStores.add(actor));
        });
    }

    private void hire(String name) {
        var user = new JSONObject().put("userId", name).put("name", name).put("role", "driver");
        context.requestToken(user, token -> {
            var addresses = context.city().addresses();
            var home = addresses.get(random.nextInt(addresses.size())).door();
            var driver = new DriverActor(context, name, token, home, random.split());
            drivers.add(driver);
            driver.start();
        });
    }

    /// The first orders follow each other quickly, so that the city is busy at once; the others at a steady rate.
    private void placeNext() {
        var waiting = stores.stream().mapToInt(StoreActor::waiting).sum();
        if (!openStores.isEmpty() && waiting < context.plan().waitingMax()) {
            customers.placeAt(openStores.get(random.nextInt(openStores.size())).store());
            firstOrders = Math.max(0, firstOrders - 1);
        }
        thread.schedule(firstOrders > 0 ? BETWEEN_FIRST_ORDERS : context.plan().betweenOrders(), this::placeNext);
    }

    private void count() {
        var current = new Figures(
                (int) drivers.stream().filter(DriverActor::isConnected).count(),
                (int) drivers.stream().filter(DriverActor::isBusy).count(),
                stores.stream().mapToInt(StoreActor::waiting).sum(),
                customers.placed(),
                drivers.stream().mapToLong(DriverActor::delivered).sum());
        if (!current.equals(figures)) {
            figures = current;
            listener.accept(current);
        }
        thread.schedule(BETWEEN_FIGURES, this::count);
    }

    @Override
    public void close() {
        var closed = new CompletableFuture<Boolean>();
        thread.execute(() -> {
            stores.forEach(StoreActor::close);
            drivers.forEach(DriverActor::close);
            thread.close(); // what comes later is dropped, so that no actor begins
            closed.complete(true);
        });
        closed.completeOnTimeout(false, CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        sockets.close();
        api.close();
    }
}
