package waybill.hub.projection;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.Actor;
import waybill.order.Item;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.order.OrderState;
import waybill.tracking.PositionVisibility;

/// The active orders, in memory, for positions and for snapshots without a read from disk. Read at start, then
/// updated by the relay before it publishes an event, so it may be behind the log but never behind what was
/// published.
///
/// Written by one thread; read by any, without a lock.
public final class ActiveOrders {

    /// Orders read in one page at start.
    private static final int PAGE_MAX = 1_000;

    /// The items of an order are held in memory up to this many characters. Larger item lists are only on disk:
    /// positions and snapshots omit them.
    static final int ITEMS_CHARACTERS_MAX = 4_096;

    private static final Set<OrderState> ACTIVE = Stream.of(OrderState.values())
            .filter(OrderState::isActive)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderState.class)));

    private static final Comparator<Order> BY_PLACEMENT = Comparator.comparing(Order::placedAt)
            .thenComparing(order -> order.id().value());

    private final Map<OrderId, Order> byId = new ConcurrentHashMap<>();
    private final Map<OrderId, Long> inHandSince =
            new ConcurrentHashMap<>(); // sequence of the event that led to the state
    private final Map<String, List<Order>> byDriver = new ConcurrentHashMap<>(); // lists are replaced, never changed
    private final Map<String, Set<OrderId>> byCustomer = new ConcurrentHashMap<>();
    private final Map<String, Set<OrderId>> byStore = new ConcurrentHashMap<>();

    /// Loads all active orders.
    public static ActiveOrders of(OrderQueries queries) {
        var orders = new ActiveOrders();
        var before = Long.MAX_VALUE;
        while (true) {
            var page = queries.listOrders(new OrderFilter(new OrderFilter.Scope.All(), ACTIVE, before, PAGE_MAX));
            page.forEach(listed -> orders.apply(listed.order()));
            if (page.size() < PAGE_MAX) {
                return orders;
            }
            before = page.getLast().placedSequence();
        }
    }

    public int count() {
        return byId.size();
    }

    /// All of them, those that come or end meanwhile perhaps.
    public Iterator<Order> iterator() {
        return byId.values().iterator();
    }

    public Optional<Order> byId(OrderId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// The active orders of a driver.
    public List<Order> ofDriver(String driver) {
        return byDriver.getOrDefault(driver, List.of());
    }

    /// Whether the order is the next that its driver delivers.
    public boolean isNextStop(Order order) {
        return driver(order)
                .flatMap(driver -> nextStop(ofDriver(driver)))
                .map(order.id()::equals)
                .orElse(true);
    }

    /// The order that a driver delivers next: the one in transit for longest, or else the one picked up first. After
    /// a restart an order counts from its newest event.
    public Optional<OrderId> nextStop(List<Order> ofDriver) {
        if (ofDriver.size() == 1) { // as with most positions
            var order = ofDriver.getFirst();
            return PositionVisibility.isVisible(order.state()) ? Optional.of(order.id()) : Optional.empty();
        }
        return ofDriver.stream()
                .filter(order -> PositionVisibility.isVisible(order.state()))
                .min(byDelivery())
                .map(Order::id);
    }

    /// The active orders of a driver in the sequence in which it delivers them: those in its hands, the next stop
    /// first, and then the others by the time at which they were placed.
    public List<Order> inDeliverySequence(String driver) {
        var orders = ofDriver(driver);
        return orders.size() < 2
                ? orders
                : orders.stream()
                        .sorted(Comparator.comparing((Order order) -> !PositionVisibility.isVisible(order.state()))
                                .thenComparing(byDelivery()))
                        .toList();
    }

    private Comparator<Order> byDelivery() {
        return Comparator.comparing((Order order) -> order.state() != OrderState.IN_TRANSIT)
                .thenComparingLong(order -> PositionVisibility.isVisible(order.state())
                        ? inHandSince.getOrDefault(order.id(), order.lastSequence())
                        : 0)
                .thenComparing(BY_PLACEMENT);
    }

    /// At most `max` orders of a principal. Admins and support have none of their own.
    public List<OrderId> of(Principal principal, int max) {
        return switch (principal.role()) {
            case CUSTOMER -> limited(byCustomer.getOrDefault(principal.id(), Set.of()), max);
            case MERCHANT -> limited(byStore.getOrDefault(principal.store().orElse(""), Set.of()), max);
            case DRIVER ->
                ofDriver(principal.id()).stream().map(Order::id).limit(max).toList();
            case ADMIN, SUPPORT, SERVICE -> List.of();
        };
    }

    private static List<OrderId> limited(Set<OrderId> orders, int max) {
        return orders.stream().limit(max).toList();
    }

    /// At most `max` orders that a driver may accept now, those offered first.
    public List<Order> offeredTo(String driver, Instant now, int max) {
        return byId.values().stream()
                .filter(order -> order.offers()
                        .openFor(driver)
                        .filter(offer -> !offer.isExpired(now))
                        .isPresent())
                .sorted(Comparator.comparing((Order order) ->
                                order.offers().open().orElseThrow().offeredAt())
                        .thenComparing(order -> order.id().value()))
                .limit(max)
                .toList();
    }

    /// At most `max` orders without a driver, those placed first.
    public List<Order> withoutDriver(int max) {
        return byId.values().stream()
                .filter(order -> order.driverOrNone() == null)
                .sorted(BY_PLACEMENT)
                .limit(max)
                .toList();
    }

    /// Applies a newer version of an order and returns the previous one, if it was active. An older version changes
    /// nothing.
    public Optional<Order> apply(Order latest) {
        var order = compact(latest);
        var before = byId.get(order.id());
        if (before != null && before.lastSequence() >= order.lastSequence()) {
            return Optional.of(before);
        }
        if (order.state().isActive()) {
            byId.put(order.id(), order);
            order.details().customer().ifPresent(customer -> add(byCustomer, customer, order.id()));
            add(byStore, order.store(), order.id());
        } else {
            byId.remove(order.id());
            order.details().customer().ifPresent(customer -> remove(byCustomer, customer, order.id()));
            remove(byStore, order.store(), order.id());
        }
        updateInHand(before, order);
        removeFromFormerDriver(before, order);
        driver(order).ifPresent(driver -> addToDriver(driver, order));
        return Optional.ofNullable(before);
    }

    /// Without the sender's document, which only the log's readers render, and without long lists of items.
    private static Order compact(Order order) {
        var known = order.withoutDocument();
        return characters(known.details().items()) <= ITEMS_CHARACTERS_MAX
                ? known
                : known.withDetails(known.details().withoutItems());
    }

    private void updateInHand(@Nullable Order before, Order order) {
        if (!PositionVisibility.isVisible(order.state())) {
            inHandSince.remove(order.id());
        } else if (before == null
                || before.state() != order.state()
                || !Objects.equals(before.driverOrNone(), order.driverOrNone())) {
            inHandSince.put(order.id(), order.lastSequence());
        }
    }

    private static int characters(List<Item> items) {
        return items.stream()
                .mapToInt(item -> item.product().length() + item.name().length())
                .sum();
    }

    private void removeFromFormerDriver(@Nullable Order before, Order order) {
        if (before != null) {
            driver(before)
                    .filter(driver -> !driver(order).equals(Optional.of(driver)))
                    .ifPresent(driver -> byDriver.computeIfPresent(driver, (_, orders) -> without(orders, order.id())));
        }
    }

    private void addToDriver(String driver, Order order) {
        byDriver.compute(driver, (_, current) -> {
            var orders = without(current == null ? List.of() : current, order.id());
            if (!order.state().isActive()) {
                return orders;
            }
            return Stream.concat(orders == null ? Stream.of() : orders.stream(), Stream.of(order))
                    .toList();
        });
    }

    /// Null when none is left, which removes the map entry.
    private static @Nullable List<Order> without(List<Order> orders, OrderId id) {
        var others = orders.stream().filter(order -> !order.id().equals(id)).toList();
        return others.isEmpty() ? null : others;
    }

    /// The id of the driver, unless it is anonymous.
    public static Optional<String> driver(Order order) {
        return order.driver().filter(actor -> actor.kind() == Actor.Kind.DRIVER).map(Actor::id);
    }

    private static void add(Map<String, Set<OrderId>> orders, String owner, OrderId order) {
        orders.computeIfAbsent(owner, _ -> ConcurrentHashMap.newKeySet()).add(order);
    }

    private static void remove(Map<String, Set<OrderId>> orders, String owner, OrderId order) {
        orders.computeIfPresent(owner, (_, all) -> {
            all.remove(order);
            return all.isEmpty() ? null : all;
        });
    }
}
