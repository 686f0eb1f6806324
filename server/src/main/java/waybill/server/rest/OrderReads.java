package waybill.server.rest;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Sight;
import waybill.order.Turn;

/// Shows orders to those who have a part in them.
final class OrderReads {

    private static final String ORDERS = "orders";
    private static final String EVENTS = "events";

    static final Set<OrderState> ACTIVE = Stream.of(OrderState.values())
            .filter(OrderState::isActive)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderState.class)));

    private final RestServices services;

    OrderReads(RestServices services) {
        this.services = services;
    }

    Doing list(Call call) {
        return page(call, states(call));
    }

    Doing active(Call call) {
        return page(call, ACTIVE);
    }

    private Doing page(Call call, Set<OrderState> states) {
        var scope = scope(call);
        var first = Cursor.number(call, ORDERS, Long.MAX_VALUE);
        Page.Reading<Order> reading = (last, max) -> services.book()
                .list(new OrderFilter(scope, states, last.map(Order::row).orElse(first), max));
        return new Doing.Reading(() -> {
            var page = Page.read(call.limit(), reading, OrderJson::weight);
            return Reply.ok(Json.page(ORDERS, page.rows(), OrderJson::fields, page.next(ORDERS, Order::row)));
        });
    }

    private static Set<OrderState> states(Call call) {
        return call.find("status").stream()
                .flatMap(words -> Stream.of(words.split(",")))
                .map(word -> OrderState.of(word.strip())
                        .orElseThrow(() -> Problem.invalid(
                                "status",
                                "status: " + Expectation.quoted(word)
                                        + " (expected: states such as pending or in_transit, parted by commas)")))
                .collect(Collectors.toSet());
    }

    /// Whose orders: one's own, or those of the store that is named.
    private static Scope scope(Call call) {
        var by = call.by();
        var named = call.find("store");
        if (named.isPresent()) {
            Permit.requireStore(by, Action.LIST_ORDERS, named);
            return new Scope.OfStore(named.get());
        }
        return own(by);
    }

    private static Scope own(Principal by) {
        return switch (by.role()) {
            case CUSTOMER -> new Scope.OfCustomer(by.id());
            case MERCHANT -> new Scope.OfStore(by.store().orElse(""));
            case DRIVER -> new Scope.OfDriver(by.id());
            case ADMIN, SUPPORT -> {
                Permit.require(by, Action.LIST_ORDERS, Relation.NONE, "all orders");
                yield new Scope.All();
            }
        };
    }

    Doing one(Call call) {
        var id = call.order();
        return new Doing.Reading(() -> Reply.ok(OrderJson.of(visible(services, call, id))));
    }

    Doing events(Call call) {
        var id = call.order();
        var after = Cursor.number(call, EVENTS, 0);
        var limit = call.limit();
        return new Doing.Reading(() -> {
            visible(services, call, id);
            var history = services.log().history(id);
            Page.Reading<LogEntry> reading = (last, max) -> history.stream()
                    .filter(entry ->
                            entry.position() > last.map(LogEntry::position).orElse(after))
                    .limit(max)
                    .toList();
            var page = Page.read(limit, reading, EventJson::weight);
            return Reply.ok(Json.page(EVENTS, page.rows(), EventJson::fields, page.next(EVENTS, LogEntry::position)));
        });
    }

    Doing route(Call call) {
        var id = call.order();
        var form = RouteForm.of(call);
        return new Doing.Reading(() -> {
            var order = visible(services, call, id);
            var history = services.log().history(id);
            var turns = Sight.isUnlimited(call.by().role()) ? Turn.of(history) : seenTurns(order, history);
            return form.reply(order, DrivenRoute.of(turns, services.tracks(), services.speedMax()));
        });
    }

    /// What customer and store see of a way. While the driver has others to bring first, it is none.
    private List<Turn> seenTurns(Order order, List<LogEntry> history) {
        var isHidden = Sight.isOpen(order.state()) && services.precision().apply(order) != Sight.Precision.EXACT;
        return isHidden ? List.of() : Sight.turns(history);
    }

    /// The order, or the [Problem] that there is none, or none for who asks.
    static Order visible(RestServices services, Call call, OrderId id) {
        var order = services.book()
                .byId(id)
                .orElseThrow(() -> Problem.notFound("order " + id + ": nobody has placed it (expected: one that is)"));
        Permit.require(call.by(), Action.VIEW_ORDER, order);
        return order;
    }
}
