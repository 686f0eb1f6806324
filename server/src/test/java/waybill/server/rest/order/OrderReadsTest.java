package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.rest.ApiTestClient;

/// Orders and the events of one, read page by page, as far as each user may see them.
class OrderReadsTest {

    private static final String ORDERS = "/api/v1/orders";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void aListIsReadPageByPageToItsEnd() {
        var placed = new ArrayList<String>();
        for (var i = 0; i < 7; i++) {
            placed.add(api.place("customer:page", "pages"));
        }
        for (var path : List.of("?", "/active?")) {
            var seen = new ArrayList<String>();
            var next = "";
            do {
                var page = api.get("customer:page", ORDERS + path + "limit=3" + next)
                        .is(200);
                seen.addAll(ApiTestClient.ids(page, "orders", "orderId"));
                next = page.body().has("next") ? "&cursor=" + page.text("next") : "";
            } while (!next.isEmpty());
            assertThat(seen).isEqualTo(placed.reversed());
        }
    }

    @Test
    void aListShowsEachUserItsOwnOrders() {
        var one = api.place("customer:c1", "list-a");
        var two = api.place("customer:c2", "list-b");
        api.post("merchant:list-b", ORDERS + "/" + two + "/cancel", "{\"reason\": \"closed\"}")
                .is(200);
        api.status("merchant:list-a", one, "accepted").is(200);
        api.post("merchant:list-a", ORDERS + "/" + one + "/assign", "{\"driverId\": \"c3\"}")
                .is(200);
        assertThat(listed("customer:c1", "")).containsExactly(one);
        assertThat(listed("merchant:list-b", "")).containsExactly(two);
        assertThat(listed("driver:c3", "")).containsExactly(one);
        assertThat(listed("admin:root", "?limit=1000")).contains(one, two);
        assertThat(listed("support:sam", "?store=list-a")).containsExactly(one);
        assertThat(listed("merchant:list-b", "?status=pending,accepted")).isEmpty();
        assertThat(listed("merchant:list-b", "?status=cancelled")).containsExactly(two);
        api.get("merchant:list-a", ORDERS + "?store=list-b").isProblem(403, "forbidden");
        api.get("customer:c1", ORDERS + "?store=list-a").isProblem(403, "forbidden");
    }

    @Test
    void aSearchFindsWhatItsUserMayList() {
        var one = placeFor("s1", "search-a", "Crème 12");
        var two = placeFor("s2", "search-a", "creme 12");
        var other = placeFor("s1", "search-b", "Creme 13");
        api.status("merchant:search-a", one, "accepted").is(200);
        api.post("merchant:search-a", ORDERS + "/" + one + "/assign", "{\"driverId\": \"s3\"}")
                .is(200);
        assertThat(listed("admin:root", "?q=creme")).containsExactly(other, two, one);
        assertThat(listed("customer:s1", "?q=creme")).containsExactly(other, one);
        assertThat(listed("merchant:search-a", "?q=12+cr%C3%A8")).containsExactly(two, one);
        assertThat(listed("driver:s3", "?q=creme")).containsExactly(one);
        assertThat(listed("driver:s4", "?q=creme")).isEmpty();
        assertThat(listed("support:sam", "?q=creme&store=search-b")).containsExactly(other);
        assertThat(listed("merchant:search-a", "?q=creme&status=accepted")).containsExactly(one);
        assertThat(ApiTestClient.ids(
                        api.get("customer:s1", ORDERS + "/active?q=13").is(200), "orders", "orderId"))
                .containsExactly(other);
        var number = api.get("customer:s1", ORDERS + "/" + one).text("orderNumber");
        assertThat(listed("customer:s1", "?q=" + number)).containsExactly(one);
        assertThat(listed("customer:s2", "?q=" + number)).isEmpty();
        api.get("merchant:search-a", ORDERS + "?q=creme&store=search-b").isProblem(403, "forbidden");
        var first = api.get("admin:root", ORDERS + "?q=creme&limit=2").is(200);
        assertThat(ApiTestClient.ids(first, "orders", "orderId")).containsExactly(other, two);
        assertThat(listed("admin:root", "?q=creme&limit=2&cursor=" + first.text("next")))
                .containsExactly(one);
    }

    private static String placeFor(String customer, String store, String address) {
        return api.post(
                        "customer:" + customer,
                        ORDERS,
                        "{\"storeId\": \"" + store + "\", \"items\": [{\"product\": \"tea\", \"quantity\": 1}],"
                                + " \"deliveryAddress\": \"" + address + "\"}")
                .is(201)
                .text("orderId");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0        | limit: 0 (expected: 1..1000)
            limit=many     | limit: "many" (expected: a whole number)
            limit=1001     | limit: 1001 (expected: 1..1000)
            status=lost    | status: "lost" (expected: states such as pending or in_transit, parted by commas)
            cursor=7       | cursor: not one of this list (expected: the next of its last answer)
            cursor=ZXZlbnRzOjE | cursor: not one of this list (expected: the next of its last answer)
            q=*%22         | q: "*\"" (expected: 1 to 10 words of letters and digits)
            store=         | store: blank (expected: text of 1..200 characters)
            """)
    void invalidListParametersAreRejected(String query, String detail) {
        assertThat(api.get("admin:root", ORDERS + "?" + query)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo(detail);
    }

    @Test
    void whatHasHappenedToAnOrderIsReadPageByPage() {
        var id = api.place("customer:his", "history");
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:history", id, status).is(200);
        }
        var first =
                api.get("customer:his", ORDERS + "/" + id + "/events?limit=2").is(200);
        assertThat(ApiTestClient.ids(first, "events", "event")).containsExactly("placed", "accepted");
        var rest = api.get("customer:his", ORDERS + "/" + id + "/events?limit=2&cursor=" + first.text("next"))
                .is(200);
        assertThat(ApiTestClient.ids(rest, "events", "event")).containsExactly("pickup");
        assertThat(rest.body().has("next")).isFalse();
    }

    private static List<String> listed(String who, String query) {
        return ApiTestClient.ids(api.get(who, ORDERS + query).is(200), "orders", "orderId");
    }
}
