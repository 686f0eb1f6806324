package waybill.server.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Stop;

/// What the hub has committed, read after every step, and what must hold for it.
final class CommittedLog {

    private static final int PAGE = 1_000;

    private final List<LogEntry> entries = new ArrayList<>();
    private final Map<OrderId, List<LogEntry>> byOrder = new LinkedHashMap<>();
    private final Map<String, OrderId> byMessage = new HashMap<>();
    private final CommittedOffers offers = new CommittedOffers();

    int size() {
        return entries.size();
    }

    List<LogEntry> entries() {
        return entries;
    }

    Optional<LogEntry> find(long sequence) {
        return sequence >= 1 && sequence <= entries.size()
                ? Optional.of(entries.get((int) sequence - 1))
                : Optional.empty();
    }

    Optional<List<LogEntry>> order(String id) {
        return OrderId.parse(id).map(byOrder::get);
    }

    Map<String, Integer> offerCounts() {
        return offers.counts();
    }

    /// The driver of an order that was acknowledged its acceptance had been asked, and was in time.
    void requireOfferAccepted(String driver, String id) {
        order(id).ifPresent(history -> offers.requireAccepted(driver, history));
    }

    /// The orders in their present states, in the order of their placements.
    List<Order> orders() {
        return byOrder.values().stream()
                .map(history -> history.getLast().order().orElseThrow())
                .toList();
    }

    /// As many orders were placed as their senders wanted, however often they sent each.
    void requireOrders(String senders, long expected, Predicate<Order> matches) {
        var count = orders().stream().filter(matches).count();
        if (count != expected) {
            throw new InvariantViolation(senders + " placed " + expected + " orders, and " + count + " are committed");
        }
    }

    /// Reads what has been committed since the last call. The disk may have more: a commit that was reported as failed,
    /// of which the hub learns when it opens the store again.
    void read(EventLog log) {
        var last = log.lastSequence();
        if (last < entries.size()) {
            throw new InvariantViolation(
                    "the log ends with event " + last + " (expected: " + entries.size() + ", which was committed)");
        }
        while (entries.size() < last) {
            log.listAfter(entries.size(), (int) Math.min(PAGE, last - entries.size()))
                    .forEach(this::add);
        }
    }

    /// Compares the log of a hub that has started again with what was committed before.
    void verify(EventLog log) {
        for (var after = 0; after < entries.size(); ) {
            var page = log.listAfter(after, PAGE);
            if (page.isEmpty()) {
                throw new InvariantViolation("events " + (after + 1) + " to " + entries.size()
                        + " were committed, and are gone after the process died");
            }
            for (var entry : page) {
                if (after < entries.size()) {
                    requireSame(entries.get(after), entry);
                }
                after++;
            }
        }
    }

    private static void requireSame(LogEntry before, LogEntry now) {
        if (!describe(before).equals(describe(now))) {
            throw new InvariantViolation("event " + before.sequence() + " was " + describe(before)
                    + ", and after the process died it is " + describe(now));
        }
    }

    private static String describe(LogEntry entry) {
        var order = entry.order()
                .map(one -> " of order " + one.id() + " in state " + one.state() + " with driver " + one.driverOrNone())
                .orElse("");
        return entry.sequence() + " " + entry.event().getClass().getSimpleName() + order;
    }

    private void add(LogEntry entry) {
        if (entry.sequence() != entries.size() + 1) {
            throw new InvariantViolation("event " + entry.sequence() + " follows event " + entries.size()
                    + " (expected: no gap, no repeat)");
        }
        entries.add(entry);
        offers.onEvent(entry);
        entry.order().ifPresent(order -> add(entry, order));
    }

    private void add(LogEntry entry, Order order) {
        var history = byOrder.computeIfAbsent(order.id(), _ -> new ArrayList<>());
        var before = history.isEmpty()
                ? OrderState.NEW
                : history.getLast().order().orElseThrow().state();
        switch (entry.event()) {
            case OrderEvent.Placed _ -> requireFirst(entry, order, history);
            case OrderEvent.StateChanged _ -> requireForward(entry, order, before);
            case OrderEvent.Assigned assigned -> requireOneWinner(order, assigned, history);
            case OrderEvent.DriverArriving(var stop, var _, var _) -> requireOneArrival(entry, order, stop, history);
            case OrderEvent.DriverArrived(var stop, var _) -> requireOneArrival(entry, order, stop, history);
            case OrderEvent.Offered(var offer) -> offers.requireMade(entry, offer, history);
            default -> {}
        }
        if (order.offers().open().isPresent()
                && (order.driver().isPresent() || !order.state().isActive())) {
            throw new InvariantViolation("event " + entry.sequence() + " leaves order " + order.id()
                    + " with an open offer, and it needs no driver: " + order);
        }
        history.add(entry);
    }

    private void requireFirst(LogEntry entry, Order order, List<LogEntry> history) {
        var key = order.store() + " " + order.foreignId() + " "
                + order.details().customer().orElse("");
        var other = byMessage.putIfAbsent(key, order.id());
        if (!history.isEmpty() || other != null) {
            throw new InvariantViolation("event " + entry.sequence() + " places " + key + " a second time, as order "
                    + order.id() + " (expected: one effect, however often it is sent)");
        }
    }

    private static void requireForward(LogEntry entry, Order order, OrderState before) {
        var isEnded = !before.isActive() && before != OrderState.NEW;
        if (isEnded || order.state().compareTo(before) <= 0) {
            throw new InvariantViolation("event " + entry.sequence() + " takes order " + order.id() + " back from "
                    + before + " to " + order.state());
        }
    }

    /// A driver is about to arrive at a stop at most once, and arrives at most once, while the order is its own and
    /// the stop ahead.
    private static void requireOneArrival(LogEntry entry, Order order, Stop stop, List<LogEntry> history) {
        var isRepeat = history.stream()
                .filter(before -> before.event().getClass() == entry.event().getClass())
                .filter(before -> ((OrderEvent) before.event()).atStop().equals(Optional.of(stop)))
                .anyMatch(before -> before.order().flatMap(Order::driver).equals(order.driver()));
        if (isRepeat || order.driver().isEmpty() || !Stop.ahead(order.state()).equals(Optional.of(stop))) {
            throw new InvariantViolation("event " + entry.sequence() + ", " + entry.event() + " of order " + order.id()
                    + " with driver " + order.driverOrNone() + " in state " + order.state()
                    + " (expected: one of its kind for a stop and a driver, and the stop ahead)");
        }
    }

    long arrivals() {
        return entries.stream()
                .filter(entry -> entry.event() instanceof OrderEvent.DriverArrived)
                .count();
    }

    private static void requireOneWinner(Order order, OrderEvent.Assigned assigned, List<LogEntry> history) {
        history.stream()
                .map(LogEntry::event)
                .filter(OrderEvent.Assigned.class::isInstance)
                .findFirst()
                .ifPresent(first -> {
                    throw new InvariantViolation("order " + order.id() + " has two winners: "
                            + ((OrderEvent.Assigned) first).driver() + " and " + assigned.driver());
                });
    }
}
