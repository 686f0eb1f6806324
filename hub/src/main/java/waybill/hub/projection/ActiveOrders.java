package waybill.hub.projection;

import java.util.Comparator;
import java.util.EnumSet;
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

/// The orders to which something is still to happen, in memory: what a position is told by, and what somebody who
/// begins to watch is shown, without a look at the disk. Read at the start, and then kept up by the relay before it
/// tells anybody, so it may be behind the log but never behind what was told.
///
/// Written by one thread; read by any, without a lock.
public final class ActiveOrders {

    /// Orders that are read at once at the start.
    private static final int PAGE_MAX = 1_000;

    /// The items of an order are kept in memory up to so many characters. Those of a larger order are on disk alone: a
    /// position or a snapshot tells of none.
    static final int ITEMS_CHARACTERS_MAX = 4_096;

    private static final Set<OrderState> ACTIVE = Stream.of(OrderState.values())
            .filter(OrderState::isActive)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderState.class)));

    private final Map<OrderId, Order> byId = new ConcurrentHashMap<>();
    private final Map<OrderId, Long> inHandSince = new ConcurrentHashMap<>(); // the event that brought it to its state
    private final Map<String, List<Order>> byDriver = new ConcurrentHashMap<>(); // lists are replaced, never changed
    private final Map<String, Set<OrderId>> byCustomer = new ConcurrentHashMap<>();
    private final Map<String, Set<OrderId>> byStore = new ConcurrentHashMap<>();

    /// Reads all there are.
    public static ActiveOrders of(OrderQueries book) {
        var orders = new ActiveOrders();
        var before = Long.MAX_VALUE;
        while (true) {
            var page = book.listOrders(new OrderFilter(new OrderFilter.Scope.All(), ACTIVE, before, PAGE_MAX));
            page.forEach(orders::apply);
            if (page.size() < PAGE_MAX) {
                return orders;
            }
            before = page.getLast().storageId();
        }
    }

    /// How many there are.
    public int count() {
        return byId.size();
    }

    public Optional<Order> byId(OrderId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// What a driver is busy with, or is to fetch.
    public List<Order> ofDriver(String driver) {
        return byDriver.getOrDefault(driver, List.of());
    }

    /// Whether a driver who has picked up an order brings it before all others that it has picked up.
    public boolean isNextStop(Order order) {
        return driver(order)
                .flatMap(driver -> nextStop(ofDriver(driver)))
                .map(order.id()::equals)
                .orElse(true);
    }

    /// Which of a driver's orders it brings next: the one that has been on its way for longest, or else the one that
    /// was
    /// picked up first. After a restart an order counts from its newest event.
    public Optional<OrderId> nextStop(List<Order> ofDriver) {
        return ofDriver.stream()
                .filter(order -> PositionVisibility.isVisible(order.state()))
                .min(Comparator.comparing((Order order) -> order.state() != OrderState.IN_TRANSIT)
                        .thenComparing(order -> inHandSince.getOrDefault(order.id(), order.lastSequence())))
                .map(Order::id);
    }

    /// At most `max` orders that somebody has a part in. Those who look after all orders have a part in none.
    public List<OrderId> of(Principal principal, int max) {
        return switch (principal.role()) {
            case CUSTOMER -> limited(byCustomer.getOrDefault(principal.id(), Set.of()), max);
            case MERCHANT -> limited(byStore.getOrDefault(principal.store().orElse(""), Set.of()), max);
            case DRIVER ->
                ofDriver(principal.id()).stream().map(Order::id).limit(max).toList();
            case ADMIN, SUPPORT -> List.of();
        };
    }

    private static List<OrderId> limited(Set<OrderId> orders, int max) {
        return orders.stream().limit(max).toList();
    }

    /// Orders that any driver may have.
    public List<Order> waitingForDriver(int max) {
        return byId.values().stream()
                .filter(order -> order.state() == OrderState.READY_FOR_PICKUP && order.driverOrNone() == null)
                .limit(max)
                .toList();
    }

    /// The order as it stands now. Returns it as it stood before, if it was active then; what is older than that
    /// changes nothing.
    public Optional<Order> apply(Order told) {
        var order = characters(told.details().items()) <= ITEMS_CHARACTERS_MAX
                ? told
                : told.withDetails(told.details().withoutItems());
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
        noteInHand(before, order);
        removeFromFormerDriver(before, order);
        driver(order).ifPresent(driver -> addToDriver(driver, order));
        return Optional.ofNullable(before);
    }

    private void noteInHand(@Nullable Order before, Order order) {
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
        byDriver.compute(driver, (_, known) -> {
            var orders = without(known == null ? List.of() : known, order.id());
            if (!order.state().isActive()) {
                return orders;
            }
            return Stream.concat(orders == null ? Stream.of() : orders.stream(), Stream.of(order))
                    .toList();
        });
    }

    /// Null where none is left, for that is what removes an entry.
    private static @Nullable List<Order> without(List<Order> orders, OrderId id) {
        var others = orders.stream().filter(order -> !order.id().equals(id)).toList();
        return others.isEmpty() ? null : others;
    }

    /// The driver, if it can be known by name.
    public static Optional<String> driver(Order order) {
        return order.driver().filter(actor -> actor.kind() == Actor.Kind.DRIVER).map(Actor::id);
    }

    private static void add(Map<String, Set<OrderId>> orders, String whose, OrderId order) {
        orders.computeIfAbsent(whose, _ -> ConcurrentHashMap.newKeySet()).add(order);
    }

    private static void remove(Map<String, Set<OrderId>> orders, String whose, OrderId order) {
        orders.computeIfPresent(whose, (_, all) -> {
            all.remove(order);
            return all.isEmpty() ? null : all;
        });
    }
}
