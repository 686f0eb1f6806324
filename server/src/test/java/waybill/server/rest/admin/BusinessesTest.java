package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.rest.ApiTestClient;

/// Stores, offers, notifications and devices.
class BusinessesTest {

    private static final String BUSINESS = "/api/v1/business";
    private static final String STATUS = "/api/v1/business/status";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @Test
    void aStoreDescribesItselfWholeOrInPart() {
        api.request("PUT", "merchant:m1", BUSINESS, "{\"name\": \"One\", \"keeper\": \"Kim\", \"address\": \"1 St\"}")
                .is(200);
        api.patch("merchant:m1", BUSINESS, "{\"address\": {\"text\": \"2 St\", \"latitude\": 0, \"longitude\": 0}}")
                .is(200);
        var known = api.get("customer:anyone", BUSINESS + "?store=m1").is(200);
        assertThat(known.text("businessName")).isEqualTo("One");
        assertThat(known.text("keeper")).isEqualTo("Kim");
        assertThat(known.body().at("/address/latitude").isNumber()).isTrue();
        assertThat(known.body().path("isOpen").asBoolean()).isTrue();
        var anew = api.request("PUT", "merchant:m1", BUSINESS, "{\"name\": \"Two\"}")
                .is(200);
        assertThat(anew.body().has("keeper")).isFalse();
        assertThat(anew.body().at("/address/text").asText()).isEmpty();
    }

    @Test
    void aClosedStoreTakesNoOrders() {
        var closed = api.patch("merchant:m2", STATUS, "{\"isOpen\": false}").is(200);
        assertThat(closed.body().path("eventId").asLong()).isPositive();
        var again = api.patch("merchant:m2", STATUS, "{\"isOpen\": false}").is(200);
        assertThat(again.body().path("eventId").asLong())
                .as("emitted once more, since a request opened it again")
                .isGreaterThan(closed.body().path("eventId").asLong());
        var order =
                "{\"storeId\": \"m2\", \"items\": [{\"product\": \"p\", \"quantity\": 1}], \"deliveryAddress\": \"x\"}";
        api.post("customer:c", "/orders", order).isProblem(409, "conflict");
        api.patch("merchant:m2", STATUS, "{\"isOpen\": true}").is(200);
        api.post("customer:c", "/orders", order).is(201);
    }

    @Test
    void anAdministratorNamesAStoreOrMeansTheDefaultOne() {
        assertThat(api.patch("admin:root", STATUS, "{\"isOpen\": true, \"storeId\": \"m3\"}")
                        .text("storeId"))
                .isEqualTo("m3");
        assertThat(api.patch("admin:root", STATUS, "{\"isOpen\": true}").text("storeId"))
                .isEqualTo("default");
        assertThat(api.get("admin:root", BUSINESS).text("storeId")).isEqualTo("default");
        assertThat(api.get("merchant:m3", BUSINESS).text("storeId")).isEqualTo("m3");
    }

    @Test
    void anotherUserMayNotOpenOrDescribeAStore() {
        for (var who : new String[] {"customer:c", "driver:d", "support:s", "merchant:rival"}) {
            api.patch(who, STATUS, "{\"isOpen\": true, \"storeId\": \"m4\"}").isProblem(403, "forbidden");
            api.patch(who, BUSINESS, "{\"name\": \"Mine\", \"storeId\": \"m4\"}")
                    .isProblem(403, "forbidden");
            api.request("PUT", who, BUSINESS, "{\"name\": \"Mine\", \"storeId\": \"m4\"}")
                    .isProblem(403, "forbidden");
        }
        assertThat(api.get("admin:root", BUSINESS + "?store=m4").text("businessName"))
                .isEqualTo("m4");
    }

    @Test
    void whatIsSentAsAFormIsReadAsTheJsonThatItIs() {
        api.patch("admin:root", STATUS, "{\"isOpen\": true}", "content-type", "application/x-www-form-urlencoded")
                .is(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PATCH | /api/v1/business/status | {}                                  | isOpen: missing (expected: true or false)
            PATCH | /api/v1/business/status | {"isOpen": "yes"}                   | isOpen: "yes" (expected: true or false)
            PATCH | /api/v1/business/status | {"isOpen": true, "storeId": ""}     | storeId: blank (expected: text of 1..200 characters)
            PUT   | /api/v1/business        | {}                                  | name: missing (expected: text of 1..200 characters)
            PUT   | /api/v1/business        | {"name": "x", "owner": "y"}         | owner: unknown field (expected: storeId, name, keeper or address)
            PUT   | /api/v1/business        | {"name": 7}                         | name: 7 (expected: text of 1..200 characters)
            PATCH | /api/v1/business        | {"address": {"text": "x", "latitude": "north", "longitude": 1}} | address.latitude: "north" (expected: a number)
            POST  | /api/v1/offers          | {"code": "A", "description": "d"}   | discountValue: missing (expected: a number)
            POST  | /api/v1/offers          | {"code": "A", "description": "d", "discountValue": -1} | discountValue: -1 (expected: 0..1000000000)
            POST  | /api/v1/offers          | {"description": "d", "discountValue": 1} | code: missing (expected: text of 1..50 characters)
            POST  | /api/v1/notifications   | {"title": "t", "message": "m"}      | userId: missing (expected: text of 1..200 characters)
            POST  | /api/v1/notifications   | {"userId": "u", "title": "", "message": "m"} | title: blank (expected: text of 1..200 characters)
            POST  | /api/v1/devices         | {"token": "t"}                      | platform: missing (expected: android, ios or web)
            POST  | /api/v1/devices         | {"token": "t", "platform": "fax"}   | platform: "fax" (expected: android, ios or web)
            """)
    void invalidRequestsAreRejected(String method, String path, String body, String detail) {
        assertThat(api.request(method, "admin:root", path, body)
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo(detail);
    }

    @Test
    void anOfferIsMadeOnceUnderItsCode() {
        var offer = "{\"code\": \"TEN\", \"description\": \"Ten off\", \"discountValue\": 10.5}";
        var made = api.post("admin:root", "/api/v1/offers", offer).is(201);
        assertThat(made.body().path("discountValue").decimalValue()).isEqualByComparingTo("10.5");
        assertThat(api.post("admin:root", "/api/v1/offers", offer)
                        .isProblem(409, "conflict")
                        .text("field"))
                .isEqualTo("code");
        for (var who : new String[] {"customer:c", "driver:d", "support:s", "merchant:m"}) {
            api.post(who, "/api/v1/offers", offer.replace("TEN", who)).isProblem(403, "forbidden");
        }
    }

    @Test
    void aUserIsNotified() {
        var body = "{\"userId\": \"u1\", \"title\": \"Hi\", \"message\": \"There\"}";
        var told = api.post("support:s", "/api/v1/notifications", body).is(201);
        assertThat(told.text("type")).isEqualTo("info");
        assertThat(told.text("id")).hasSize(36);
        for (var who : new String[] {"customer:c", "driver:d", "merchant:m"}) {
            api.post(who, "/api/v1/notifications", body).isProblem(403, "forbidden");
        }
    }

    @Test
    void aDeviceIsItsUsersOwn() {
        api.post("customer:d1", "/api/v1/devices", "{\"token\": \"push:1/x\", \"platform\": \"ios\"}")
                .is(201);
        api.request("DELETE", "customer:d2", "/api/v1/devices/push:1%2Fx", "").isProblem(404, "not_found");
        api.request("DELETE", "customer:d1", "/api/v1/devices/push:1%2Fx", "").is(204);
        api.request("DELETE", "customer:d1", "/api/v1/devices/push:1%2Fx", "").isProblem(404, "not_found");
    }
}
