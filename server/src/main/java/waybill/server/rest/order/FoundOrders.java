package waybill.server.rest.order;

import java.util.ArrayList;
import java.util.Optional;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderQueries;
import waybill.order.OrderSearch;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.Page;

/// The orders that a search finds, as a page of a list.
record FoundOrders(OrderQueries orderQueries, OrderSearch search, OrderFilter filter) {

    /// The rows, and the cursor if there may be more, as JSON. The page is limited in characters too. An order that has
    /// changed since it was found, and is not among those of the filter any more, is left out.
    String page(String list) {
        var found = orderQueries.search(search, filter);
        var rows = new ArrayList<Order>();
        var chars = 0L;
        var next = found.hasMore() ? Optional.of(found.nextPlacedBefore()) : Optional.<Long>empty();
        var before = filter.placedBefore();
        for (var match : found.matches()) {
            if (chars >= Page.CHARS_MAX) {
                next = Optional.of(before);
                break;
            }
            var order = orderQueries.findOrder(match.order()).filter(filter::includes);
            order.ifPresent(rows::add);
            before = match.placedSequence();
            chars += order.map(OrderJson::estimatedChars).orElse(0L);
        }
        return JsonWriter.page(list, rows, OrderJson::fields, next.map(last -> Cursor.after(list, last)));
    }
}
