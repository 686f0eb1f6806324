package waybill.server.rest.order;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.order.OrderSearch;
import waybill.order.OrderState;
import waybill.order.Stop;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.Page;
import waybill.server.rest.http.RequestAction;

/// Reads orders, for their participants.
public final class OrderReads implements OperationHandlers {

    private static final String ORDERS = "orders";
    private static final String EVENTS = "events";

    public static final Set<OrderState> ACTIVE = Stream.of(OrderState.values())
            .filter(OrderState::isActive)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderState.class)));

    private final OrderQueries orderQueries;
    private final EventLog log;

    public OrderReads(OrderQueries orderQueries, EventLog log) {
        this.orderQueries = orderQueries;
        this.log = log;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "listOrders", this::list,
                "listActiveOrders", this::active,
                "readOrder", this::read,
                "listOrderEvents", this::events);
    }

    public RequestAction list(ApiRequest call) {
        return page(call, states(call));
    }

    public RequestAction active(ApiRequest call) {
        return page(call, ACTIVE);
    }

    private RequestAction page(ApiRequest call, Set<OrderState> states) {
        var scope = scope(call);
        var first = Cursor.number(call, ORDERS, Long.MAX_VALUE);
        var text = call.find("q");
        if (text.isPresent()) {
            var found = new FoundOrders(
                    orderQueries, parseSearch(text.get()), new OrderFilter(scope, states, first, call.limit()));
            return new RequestAction.Read(() -> ApiResponse.ok(found.page(ORDERS)));
        }
        Page.RowSource<ListedOrder> reading = (last, max) -> orderQueries.listOrders(new OrderFilter(
                scope, states, last.map(ListedOrder::placedSequence).orElse(first), max));
        return new RequestAction.Read(() -> {
            var page = Page.read(call.limit(), reading, listed -> OrderJson.estimatedChars(listed.order()));
            var orders = page.rows().stream().map(ListedOrder::order).toList();
            return ApiResponse.ok(
                    JsonWriter.page(ORDERS, orders, OrderJson::fields, page.next(ORDERS, ListedOrder::placedSequence)));
        });
    }

    private static OrderSearch parseSearch(String text) {
        return OrderSearch.parse(text)
                .orElseThrow(() -> Problem.invalid(
                        "q",
                        "q: " + SchemaText.quoted(text) + " (expected: 1 to " + OrderSearch.WORDS_MAX
                                + " words of letters and digits)"));
    }

    private static Set<OrderState> states(ApiRequest call) {
        return call.find("status").stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(name -> OrderState.parse(name.strip())
                        .orElseThrow(() -> Problem.invalid(
                                "status",
                                "status: " + SchemaText.quoted(name)
                                        + " (expected: states such as pending or in_transit, parted by commas)")))
                .collect(Collectors.toSet());
    }

    /// The orders to list: those of the caller, or those of the named store.
    private static Scope scope(ApiRequest call) {
        var by = call.principal();
        var named = call.find("store");
        if (named.isPresent()) {
            Authorization.requireStore(by, Action.LIST_ORDERS, named);
            return new Scope.OfStore(named.get());
        }
        return ownScope(by);
    }

    private static Scope ownScope(Principal by) {
        return switch (by.role()) {
            case CUSTOMER -> new Scope.OfCustomer(by.id());
            case MERCHANT -> new Scope.OfStore(by.store().orElse(""));
            case DRIVER -> new Scope.OfDriver(by.id());
            case ADMIN, SUPPORT, SERVICE -> {
                Authorization.require(by, Action.LIST_ORDERS, Relation.NONE, "all orders");
                yield new Scope.All();
            }
        };
    }

    public RequestAction read(ApiRequest call) {
        var id = call.order();
        return new RequestAction.Read(() -> ApiResponse.ok(OrderJson.of(requireVisible(orderQueries, call, id))));
    }

    public RequestAction events(ApiRequest call) {
        var id = call.order();
        var after = Cursor.number(call, EVENTS, 0);
        var limit = call.limit();
        return new RequestAction.Read(() -> {
            requireVisible(orderQueries, call, id);
            var role = call.principal().role();
            var history = log.listHistory(id).stream()
                    .filter(entry -> mayRead(role, entry))
                    .toList();
            Page.RowSource<LogEntry> reading = (last, max) -> history.stream()
                    .filter(entry ->
                            entry.sequence() > last.map(LogEntry::sequence).orElse(after))
                    .limit(max)
                    .toList();
            var page = Page.read(limit, reading, EventJson::estimatedChars);
            return ApiResponse.ok(
                    JsonWriter.page(EVENTS, page.rows(), EventJson::fields, page.next(EVENTS, LogEntry::sequence)));
        });
    }

    /// A customer is not told of the driver at the store.
    private static boolean mayRead(Role role, LogEntry entry) {
        return role != Role.CUSTOMER
                || !(entry.event() instanceof OrderEvent event)
                || event.atStop().map(Stop::isCustomers).orElse(true);
    }

    /// The order, or the [Problem] that it does not exist or that the caller may not see it.
    public static Order requireVisible(OrderQueries orderQueries, ApiRequest call, OrderId id) {
        var order = orderQueries.findOrder(id).orElseThrow(() -> Problem.notFound("order " + id + ": does not exist"));
        Authorization.require(call.principal(), Action.VIEW_ORDER, order);
        return order;
    }
}
