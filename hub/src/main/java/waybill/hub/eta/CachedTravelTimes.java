package waybill.hub.eta;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.eta.EtaSource;
import waybill.eta.LearntTravelTimes;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.eta.TravelTimeProvider;
import waybill.geo.Position;

/// The best travel times that are known now: those of a provider if there is one and it has answered, or else those
/// that the hub has learnt. An answer is at hand at once; a request to the provider that it starts ends later, and
/// [#onNewer] then learns of it.
///
/// A driver that comes closer keeps the provider's travel, in proportion to the straight line that remains, until it is
/// old. So an answer that is late or missing changes an ETA by little, and one that is wrong is not taken at all.
/// Thread-safe; reading takes no lock.
public final class CachedTravelTimes implements TravelTimeProvider {

    /// How old the provider's travel may be when it is still better than what was learnt.
    static final long USABLE_MS = TimeUnit.MINUTES.toMillis(15);

    private static final long SLOT_MS = TimeUnit.MINUTES.toMillis(5);
    private static final double FROM_CELLS_PER_DEGREE = 1_000; // of 111 metres
    private static final double TO_CELLS_PER_DEGREE = 10_000;
    private static final double PROPORTION_MAX = 1.5;
    private static final double SHORT_METRES = 50;
    private static final int EVICTED_PART = 16;

    /// Travels that one request to the provider answers.
    private record Key(long fromLatitude, long fromLongitude, long toLatitude, long toLongitude, long slot) {

        static Key of(TravelRequest request) {
            return new Key(
                    Math.round(request.from().latitude() * FROM_CELLS_PER_DEGREE),
                    Math.round(request.from().longitude() * FROM_CELLS_PER_DEGREE),
                    Math.round(request.to().latitude() * TO_CELLS_PER_DEGREE),
                    Math.round(request.to().longitude() * TO_CELLS_PER_DEGREE),
                    Math.floorDiv(request.departureMs(), SLOT_MS));
        }
    }

    /// The way of one driver to one place, wherever the driver is on it. Without a driver, it begins at one cell.
    private record Way(
            @Nullable String driverOrNone, @Nullable Position fromOrNone, Position to) {

        static Way of(TravelRequest request) {
            var driver = request.driverOrNone();
            return new Way(driver, driver == null ? request.from() : null, request.to());
        }
    }

    /// What the provider has last said of a travel.
    ///
    /// @param travelOrNone none if it has only failed
    /// @param atMs when it answered
    /// @param askedAtMs when it was asked last, with or without an answer
    private record Known(@Nullable Travel travelOrNone, double straightMetres, long atMs, long askedAtMs) {

        boolean isUsable(TravelRequest request, long nowMs) {
            return travelOrNone != null
                    && Math.abs(nowMs - atMs) < USABLE_MS
                    && request.straightMetres() <= straightMetres * PROPORTION_MAX + SHORT_METRES;
        }

        boolean isDue(long nowMs, RoutingLimits limits) {
            return Math.abs(nowMs - askedAtMs) >= limits.refreshAfter().toMillis();
        }
    }

    private final @Nullable ProviderRequests provider;
    private final LearntTravelTimes learnt;
    private final RoutingLimits limits;
    private final InstantSource clock;
    private final Map<Key, CompletableFuture<Void>> requests = new ConcurrentHashMap<>(); // in flight
    private final Map<Key, Known> byCells = new ConcurrentHashMap<>();
    private final Map<Way, Known> byWay = new ConcurrentHashMap<>();
    private volatile Consumer<TravelRequest> newerListener = _ -> {};

    /// Without a provider.
    public CachedTravelTimes(LearntTravelTimes learnt, InstantSource clock) {
        this(null, learnt, RoutingLimits.defaults(), clock);
    }

    /// @param provider is closed with this
    public CachedTravelTimes(
            @Nullable TravelTimeProvider provider,
            LearntTravelTimes learnt,
            RoutingLimits limits,
            InstantSource clock) {
        this.provider = provider == null ? null : new ProviderRequests(provider, limits, clock);
        this.learnt = learnt;
        this.limits = limits;
        this.clock = clock;
    }

    /// Calls `listener` when the provider has answered a request that [#now] began. It runs on any thread, and must not
    /// block.
    public void onNewer(Consumer<TravelRequest> listener) {
        newerListener = listener;
    }

    /// The best travel that is known now. Never waits; it may begin a request to the provider.
    public Travel now(TravelRequest request) {
        var own = learnt.travel(request);
        if (provider == null) {
            return own;
        }
        var nowMs = clock.millis();
        var key = Key.of(request);
        var cached = byCells.get(key);
        if (cached != null && cached.isUsable(request, nowMs)) {
            return adapted(cached, request, own);
        }
        var way = Way.of(request);
        var earlier = byWay.get(way);
        if (earlier == null || earlier.isDue(nowMs, limits)) {
            begin(request, key, way, nowMs);
        }
        return earlier != null && earlier.isUsable(request, nowMs) ? adapted(earlier, request, own) : own;
    }

    /// The provider's travel, in proportion to the straight line, with the band of the hub's own.
    private static Travel adapted(Known known, TravelRequest request, Travel own) {
        var travel = Objects.requireNonNull(known.travelOrNone);
        var proportion = Math.min(
                PROPORTION_MAX, (request.straightMetres() + SHORT_METRES) / (known.straightMetres + SHORT_METRES));
        var travelMs = Math.round(travel.travelMs() * proportion);
        var isOwnBand = travel.bandOrNone() == null;
        var band = isOwnBand ? own.bandOrNone() : travel.bandOrNone();
        var scale = isOwnBand ? (double) travelMs / Math.max(1, own.travelMs()) : proportion;
        return new Travel(
                travelMs,
                travel.metres() * proportion,
                band == null
                        ? null
                        : new Travel.Band(Math.round(band.lowMs() * scale), Math.round(band.highMs() * scale)),
                List.of(),
                EtaSource.ROUTED);
    }

    /// The travel of the provider, or that of the hub's own when the provider has none within its time. With its path,
    /// if that is asked for: such a travel is not cached.
    @Override
    public CompletableFuture<Travel> find(TravelRequest request) {
        var nowMs = clock.millis();
        if (request.needsPath()) {
            var asking = provider != null && provider.tryBegin(nowMs) ? provider.ask(request) : null;
            return asking == null
                    ? learnt.find(request)
                    : asking.handle((travel, _) -> travel == null ? learnt.travel(request) : travel);
        }
        var best = now(request);
        var pending = requests.get(Key.of(request));
        return pending == null || best.source() == EtaSource.ROUTED
                ? CompletableFuture.completedFuture(best)
                : pending.thenApply(_ -> now(request));
    }

    private void begin(TravelRequest request, Key key, Way way, long nowMs) {
        if (provider == null || requests.containsKey(key)) {
            return; // the listener of the first request is enough: the others see it with their next position
        }
        if (!provider.tryBegin(nowMs)) {
            provider.onSkipped();
            return;
        }
        var pending = new CompletableFuture<Void>();
        if (requests.putIfAbsent(key, pending) != null) {
            provider.cancel();
            return;
        }
        provider.ask(request).whenComplete((travel, _) -> {
            if (travel == null) {
                put(byWay, way, failed(byWay.get(way), nowMs));
            } else {
                var known = new Known(travel, request.straightMetres(), nowMs, nowMs);
                put(byCells, key, known);
                put(byWay, way, known);
            }
            requests.remove(key);
            pending.complete(null);
            if (travel != null) {
                newerListener.accept(request);
            }
        });
    }

    private static Known failed(@Nullable Known earlier, long nowMs) {
        return earlier == null
                ? new Known(null, 0, nowMs, nowMs)
                : new Known(earlier.travelOrNone, earlier.straightMetres, earlier.atMs, nowMs);
    }

    /// A full cache loses what is old, and then some of the rest.
    private <K> void put(Map<K, Known> cache, K key, Known known) {
        if (cache.size() >= limits.cacheMax()) {
            cache.values().removeIf(one -> Math.abs(known.atMs - one.atMs) >= USABLE_MS);
            var excess = cache.size() - limits.cacheMax() + 1;
            if (excess > 0) {
                var keys = cache.keySet().iterator();
                for (var i = 0; i < Math.max(excess, limits.cacheMax() / EVICTED_PART) && keys.hasNext(); i++) {
                    keys.next();
                    keys.remove();
                }
            }
        }
        cache.put(key, known);
    }

    /// Requests to the provider since the start.
    public long askedCount() {
        return provider == null ? 0 : provider.askedCount();
    }

    /// Those that failed.
    public long failedCount() {
        return provider == null ? 0 : provider.failedCount();
    }

    /// Requests that were not sent, because the provider was down or had too many.
    public long skippedCount() {
        return provider == null ? 0 : provider.skippedCount();
    }

    int cachedCount() {
        return byCells.size() + byWay.size();
    }

    /// Whether the provider fails, so that it is asked only now and then.
    public boolean isProviderDown() {
        return provider != null && provider.isDown();
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
    }
}
