package waybill.server.rest.link;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.link.LinkFinder;
import waybill.hub.link.LinkUpdates;
import waybill.hub.link.LinkView;
import waybill.hub.link.LinkView.LinkEta;
import waybill.hub.link.LinkView.LinkPosition;
import waybill.hub.link.LinkViewReader;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.refusal.Failures;
import waybill.hub.relay.Relay;
import waybill.hub.schedule.BlockingReads;
import waybill.journal.LogEntry;
import waybill.order.OrderId;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.link.LinkEvents.EndReason;

/// The orders that are viewed over public links: receives what changes, and sends it to the open streams of this node.
/// An order without an open stream costs nothing. Thread-safe.
public final class LinkViews implements Relay.EventListener, LinkUpdates, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LinkViews.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// How often links are looked at that may have expired, and views that could not be read.
    private static final long LOOK_EVERY_MS = 1_000;

    /// How often a stream without an event has a heartbeat: more often than the idle timeouts of proxies and mobile
    /// networks.
    static final long HEARTBEAT_EVERY_MS = 15_000;

    private final Map<OrderId, ViewedOrder> orders = new ConcurrentHashMap<>();
    private final LinkFinder finder;
    private final LinkViewReader reader;
    private final ActiveOrders activeOrders;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private long lookedAtMs; // by the scheduler's thread, as the next
    private long beatAtMs;
    private volatile boolean closed;

    public LinkViews(
            LinkFinder finder,
            LinkViewReader reader,
            ActiveOrders activeOrders,
            Executor blockingExecutor,
            InstantSource clock,
            LongSupplier elapsedMs) {
        this.finder = finder;
        this.reader = reader;
        this.activeOrders = activeOrders;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
    }

    /// The view of an order; empty if the order does not exist.
    CompletionStage<Optional<LinkView>> read(OrderId order) {
        var viewed = orders.get(order);
        var known = viewed == null ? Optional.<LinkView>empty() : viewed.view();
        return known.isPresent()
                ? CompletableFuture.completedStage(known)
                : BlockingReads.supply(blockingExecutor, () -> {
                    var read = new AtomicReference<@Nullable LinkView>();
                    reader.read(order, read::set);
                    return Optional.ofNullable(read.get());
                });
    }

    /// Adds a stream, which is answered with the view of its order as soon as that is read.
    void add(LinkStream stream) {
        var id = stream.link().order();
        var viewed = orders.compute(id, (_, known) -> {
            var one = known == null ? new ViewedOrder() : known;
            one.add(stream, clock.instant());
            return one;
        });
        if (closed) {
            viewed.close(unavailable());
        } else if (finder.isRevoked(stream.link().id())) { // meanwhile
            viewed.end(link -> link.equals(stream.link()), EndReason.REVOKED);
        }
        readIfStale(id, viewed);
    }

    /// The connection of a stream has closed.
    void remove(LinkStream stream) {
        orders.computeIfPresent(stream.link().order(), (_, viewed) -> viewed.remove(stream) ? null : viewed);
    }

    private void readIfStale(OrderId id, ViewedOrder viewed) {
        if (!viewed.startRead()) {
            return;
        }
        BlockingReads.run(blockingExecutor, () -> {
                    if (!reader.read(id, view -> viewed.set(view, clock.instant()))) {
                        viewed.end(_ -> true, EndReason.ENDED); // the order was purged
                    }
                })
                .whenComplete((_, thrown) -> {
                    if (thrown == null) {
                        viewed.endRead();
                        readIfStale(id, viewed);
                    } else {
                        LOG.warn(
                                "the view of order {} could not be read: {}; its public links receive it later",
                                id,
                                Failures.cause(thrown).getMessage());
                        viewed.failRead(unavailable());
                    }
                });
    }

    private static ApiResponse unavailable() {
        return PublicHeaders.with(ApiResponse.of(
                Problem.unavailable("link: cannot be read now (expected: a request later)", RETRY_AFTER)));
    }

    @Override
    public void onEvent(LogEntry entry) {
        var order = entry.orderOrNone();
        if (order == null || orders.isEmpty()) {
            return;
        }
        var revoked = Set.copyOf(LinkFinder.revokedBy(entry));
        var viewed = orders.get(order.id());
        if (viewed != null && !revoked.isEmpty()) {
            viewed.end(link -> revoked.contains(link.id()), EndReason.REVOKED);
        }
        invalidate(order.id());
        ActiveOrders.driver(order)
                .ifPresent(driver -> activeOrders.ofDriver(driver).forEach(other -> invalidate(other.id())));
    }

    private void invalidate(OrderId id) {
        var viewed = orders.get(id);
        if (viewed != null) {
            viewed.invalidate();
            readIfStale(id, viewed);
        }
    }

    @Override
    public void onPosition(OrderId order, LinkPosition position) {
        var viewed = orders.get(order);
        if (viewed != null) {
            viewed.setPosition(position);
        }
    }

    @Override
    public void onEta(OrderId order, LinkEta eta) {
        var viewed = orders.get(order);
        if (viewed != null) {
            viewed.setEta(eta);
        }
    }

    /// Ends the streams of expired links, and sends heartbeats. Called by one thread, often.
    public void runDue() {
        var nowMs = elapsedMs.getAsLong();
        if (nowMs - lookedAtMs < LOOK_EVERY_MS || closed) {
            return;
        }
        lookedAtMs = nowMs;
        var isBeat = nowMs - beatAtMs >= HEARTBEAT_EVERY_MS;
        beatAtMs = isBeat ? nowMs : beatAtMs;
        var now = clock.instant();
        orders.forEach((id, viewed) -> {
            viewed.end(link -> link.isExpired(now), EndReason.EXPIRED);
            readIfStale(id, viewed);
            if (isBeat) {
                viewed.beat();
            }
        });
    }

    /// Closes the streams: their clients connect again, to this hub when it is back, or to another node.
    @Override
    public void close() {
        closed = true;
        orders.values().forEach(viewed -> viewed.close(unavailable()));
    }
}
