package waybill.hub.eta;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.directory.Business;
import waybill.geo.Address;
import waybill.order.Order;

/// The pickup addresses of orders: an order without one of its own has that of its store, of which a copy is in memory
/// that may be wrong for ten seconds. Thread-safe.
public final class StoreAddresses {

    /// Stores whose addresses are in memory. With one more, all are read again.
    static final int STORES_MAX = 10_000;

    static final Duration FRESH_FOR = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StoreAddresses.class);

    private record StoreAddress(Address address, long readAtMs) {}

    private final Function<String, Optional<Business>> businesses;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final Map<String, StoreAddress> stores = new ConcurrentHashMap<>();

    /// Without addresses in memory.
    ///
    /// @param businesses finds a store on the disk
    /// @param blockingExecutor runs such reads
    public StoreAddresses(
            Function<String, Optional<Business>> businesses, Executor blockingExecutor, InstantSource clock) {
        this.businesses = businesses;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
    }

    /// Reads the address of the order's store, if the order needs it and it is not in memory: before the first
    /// estimate, and not on an event loop.
    public void load(Order order) {
        if (needsStoreAddress(order) && !isFresh(stores.get(order.store()))) {
            read(order.store());
        }
    }

    private static boolean needsStoreAddress(Order order) {
        return order.state().isActive() && order.details().pickup().equals(Address.UNKNOWN);
    }

    /// The pickup address of an order; never blocks.
    public Address pickupOf(Order order) {
        if (!needsStoreAddress(order)) {
            return order.details().pickup();
        }
        var cached = stores.get(order.store());
        if (!isFresh(cached)) {
            refresh(order.store(), cached == null ? Address.UNKNOWN : cached.address);
        }
        return cached == null ? Address.UNKNOWN : cached.address;
    }

    private boolean isFresh(@Nullable StoreAddress cached) {
        return cached != null && Math.abs(clock.millis() - cached.readAtMs) < FRESH_FOR.toMillis();
    }

    /// One thread has it read; the others go on with the old one meanwhile.
    private void refresh(String store, Address meanwhile) {
        put(store, meanwhile);
        try {
            blockingExecutor.execute(() -> read(store));
        } catch (RejectedExecutionException _) {
            LOG.debug("the address of store {} is read later: too many reads wait", store);
        }
    }

    private void read(String store) {
        try {
            put(store, businesses.apply(store).map(Business::address).orElse(Address.UNKNOWN));
        } catch (RuntimeException e) {
            LOG.warn(
                    "the address of store {} could not be read; ETAs of its orders are without the way there: {}",
                    store,
                    e.getMessage());
        }
    }

    private void put(String store, Address address) {
        if (stores.size() >= STORES_MAX && !stores.containsKey(store)) {
            stores.clear();
        }
        stores.put(store, new StoreAddress(address, clock.millis()));
    }
}
