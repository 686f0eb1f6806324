package waybill.hub.projection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Directory;
import waybill.directory.Person;

/// Caches names from the directory for a short time: an event is rendered in several dialects, and orders of cached
/// store or driver follow each other. If the disk fails, an event is rendered without names. Thread-safe.
public final class CachedDisplayNames implements DisplayNames {

    /// Cached drivers and stores, each. Beyond that the oldest entry is evicted.
    static final int MAX = 10_000;

    private static final Duration FRESH_FOR = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(CachedDisplayNames.class);

    private final InstantSource clock;
    private final Cache<Person> drivers;
    private final Cache<String> stores;

    public CachedDisplayNames(Directory directory, InstantSource clock) {
        this.clock = clock;
        drivers = new Cache<>(id -> directory.findPerson(new UserId(Role.DRIVER, id)));
        stores = new Cache<>(id -> directory.findBusiness(id).map(Business::name));
    }

    @Override
    public Optional<Person> driver(String id) {
        return drivers.find(id);
    }

    @Override
    public Optional<String> store(String id) {
        return stores.find(id);
    }

    private final class Cache<T> {

        private record CachedName<T>(Optional<T> value, long atMs) {}

        private final Function<String, Optional<T>> loader;
        private final Map<String, CachedName<T>> entries = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, CachedName<T>> eldest) {
                return size() > MAX;
            }
        };

        Cache(Function<String, Optional<T>> loader) {
            this.loader = loader;
        }

        Optional<T> find(String id) {
            var nowMs = clock.millis();
            synchronized (this) {
                var cached = entries.get(id);
                if (cached != null && Math.abs(nowMs - cached.atMs) < FRESH_FOR.toMillis()) {
                    return cached.value;
                }
            }
            try {
                var found = loader.apply(id);
                synchronized (this) {
                    entries.put(id, new CachedName<>(found, nowMs));
                }
                return found;
            } catch (RuntimeException e) {
                LOG.warn("display name could not be read; the event is sent without it", e);
                return Optional.empty();
            }
        }
    }
}
