package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import waybill.geo.Address;
import waybill.order.Customer;
import waybill.order.OrderDetails;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderSearch;
import waybill.order.OrderState;

/// What the contracts about searches share.
interface OrderSearchSteps extends StorePorts {

    Scope ALL = new Scope.All();

    /// More orders than a store may leave out of an index.
    int MANY = 260;

    static OrderDetails details(Customer customer, String address) {
        return new OrderDetails(customer, Address.UNKNOWN, new Address(address, null), List.of(), null, null);
    }

    /// Reads all pages.
    default List<String> search(String text, Scope scope, Set<OrderState> states) {
        var search = OrderSearch.parse(text).orElseThrow();
        var found = new ArrayList<String>();
        var page = orderQueries().search(search, new OrderFilter(scope, states, Long.MAX_VALUE, 7));
        while (true) {
            assertThat(page.matches()).hasSizeLessThanOrEqualTo(7);
            page.matches()
                    .forEach(match -> found.add(orderQueries()
                            .findOrder(match.order())
                            .orElseThrow()
                            .messageId()));
            if (!page.hasMore()) {
                return found;
            }
            page = orderQueries().search(search, new OrderFilter(scope, states, page.nextPlacedBefore(), 7));
        }
    }
}
