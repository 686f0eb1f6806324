package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.OTHER_SHOP;
import static waybill.server.live.DialectServerFixture.SHOP;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.order.Order;
import waybill.order.OrderState;

/// Input that is missing, of another type, out of range or not allowed for its sender: the answer says what was
/// wrong and names the field, and nothing changes.
class InvalidInputTest {

    private static final String STRANGE = "00000000-0000-7000-8000-000000000000";

    /// `what` is said by `principal` on `namespace`. In the payload, PENDING and DRIVEN stand for the ids of two
    /// orders.
    private record Case(
            String namespace, Principal principal, String event, String payload, String code, String field) {}

    private static String view(String latitudes) {
        return "{'bounds':{'west':1,'east':2," + latitudes + "},'zoom':12}";
    }

    private static final List<Case> CASES = List.of(
            new Case("/realtime", ANNA, "subscribe:order", "{}", "invalid", "orderId"),
            new Case("/realtime", ANNA, "subscribe:order", "null", "invalid", "payload"),
            new Case("/realtime", ANNA, "subscribe:order", "{'orderId':7}", "invalid", "orderId"),
            new Case("/realtime", ANNA, "subscribe:order", "{'orderId':'seven'}", "invalid", "orderId"),
            new Case("/realtime", ANNA, "subscribe:order", "{'orderId':'" + STRANGE + "'}", "not_found", ""),
            new Case("/realtime", BEN, "subscribe:order", "{'orderId':'PENDING'}", "forbidden", ""),
            new Case("/realtime", OLA, "subscribe:order", "{'orderId':'DRIVEN'}", "forbidden", ""),
            new Case("/realtime", OTHER_SHOP, "subscribe:order", "{'orderId':'PENDING'}", "forbidden", ""),
            new Case("/realtime", ANNA, "subscribe:fleet", "{}", "invalid", "bounds.west"),
            new Case("/realtime", ANNA, "subscribe:fleet", "{'bounds':7}", "invalid", "bounds"),
            new Case("/realtime", ANNA, "subscribe:fleet", "{'bounds':{'west':181}}", "invalid", "bounds.west"),
            new Case("/realtime", ANNA, "subscribe:fleet", "{'zoom':25}", "invalid", "zoom"),
            new Case("/realtime", ANNA, "subscribe:fleet", view("'south':2,'north':1"), "invalid", "bounds.south"),
            new Case("/realtime", ANNA, "subscribe:fleet", view("'south':1,'north':2"), "forbidden", ""),
            new Case("/realtime", KARI, "subscribe:fleet", view("'south':1,'north':2"), "forbidden", ""),
            new Case("/realtime", SHOP, "subscribe:fleet", view("'south':1,'north':2"), "forbidden", ""),
            new Case("/realtime", ANNA, "unsubscribe:order", "{'orderId':[]}", "invalid", "orderId"),
            new Case("/realtime", KARI, "driver:location", "{'longitude':1}", "invalid", "latitude"),
            new Case("/realtime", KARI, "driver:location", "{'latitude':1}", "invalid", "longitude"),
            new Case("/realtime", KARI, "driver:location", "{'latitude':'1','longitude':1}", "invalid", "latitude"),
            new Case("/realtime", KARI, "driver:location", "{'latitude':90.1,'longitude':1}", "invalid", "latitude"),
            new Case("/realtime", KARI, "driver:location", "{'latitude':1,'longitude':-181}", "invalid", "longitude"),
            new Case(
                    "/realtime",
                    KARI,
                    "driver:location",
                    "{'latitude':1,'longitude':1,'heading':361}",
                    "invalid",
                    "heading"),
            new Case(
                    "/realtime",
                    KARI,
                    "driver:location",
                    "{'latitude':1,'longitude':1,'speed':-0.5}",
                    "invalid",
                    "speed"),
            new Case(
                    "/realtime",
                    KARI,
                    "driver:location",
                    "{'latitude':1,'longitude':1,'recordedAt':'2028-01-31T12:00:00Z'}",
                    "invalid",
                    "recordedAt"),
            new Case(
                    "/realtime",
                    KARI,
                    "driver:location",
                    "{'latitude':1,'longitude':1,'recordedAt':'noon'}",
                    "invalid",
                    "recordedAt"),
            new Case("/realtime", KARI, "driver:location", "[]", "invalid", "payload"),
            new Case(
                    "/realtime",
                    KARI,
                    "driver:location",
                    "{'latitude':1,'longitude':1,'orderId':'PENDING'}",
                    "forbidden",
                    ""),
            new Case(
                    "/realtime",
                    OLA,
                    "driver:location",
                    "{'latitude':1,'longitude':1,'orderId':'DRIVEN'}",
                    "forbidden",
                    ""),
            new Case("/realtime", ANNA, "driver:location", "{'latitude':1,'longitude':1}", "forbidden", ""),
            new Case("/realtime", SHOP, "driver:location", "{'latitude':1,'longitude':1}", "forbidden", ""),
            new Case("/realtime", ANNA, "sync", "{}", "invalid", "since"),
            new Case("/realtime", ANNA, "sync", "{'since':-1}", "invalid", "since"),
            new Case("/realtime", ANNA, "sync", "{'since':'1'}", "invalid", "since"),
            new Case("/realtime", ANNA, "order:delete", "{}", "invalid", "event"),
            new Case("/marketplace", KARI, "driver:location_update", "{'lat':1}", "invalid", "lng"),
            new Case("/marketplace", KARI, "driver:location_update", "{'lat':-91,'lng':1}", "invalid", "lat"),
            new Case("/marketplace", ANNA, "driver:location_update", "{'lat':1,'lng':1}", "forbidden", ""),
            new Case("/marketplace", SHOP, "merchant:accept", "{}", "invalid", "order_id"),
            new Case("/marketplace", SHOP, "merchant:accept", "{'order_id':{}}", "invalid", "order_id"),
            new Case("/marketplace", SHOP, "merchant:accept", "{'order_id':'" + STRANGE + "'}", "not_found", ""),
            new Case("/marketplace", OTHER_SHOP, "merchant:accept", "{'order_id':'PENDING'}", "forbidden", ""),
            new Case("/marketplace", ANNA, "merchant:accept", "{'order_id':'PENDING'}", "forbidden", ""),
            new Case("/marketplace", SHOP, "merchant:accept", "{'order_id':'DRIVEN'}", "conflict", ""),
            new Case("/marketplace", SHOP, "merchant:decline", "{'reason':'no'}", "invalid", "order_id"),
            new Case(
                    "/marketplace", SHOP, "merchant:decline", "{'order_id':'PENDING','reason':7}", "invalid", "reason"),
            new Case("/marketplace", OTHER_SHOP, "merchant:decline", "{'order_id':'PENDING'}", "forbidden", ""),
            new Case("/marketplace", KARI, "delivery:accept", "{}", "invalid", "order_id"),
            new Case("/marketplace", KARI, "delivery:accept", "{'order_id':'PENDING'}", "conflict", ""),
            new Case("/marketplace", SHOP, "delivery:accept", "{'order_id':'PENDING'}", "forbidden", ""),
            new Case("/marketplace", ANNA, "delivery:decline", "{'order_id':'PENDING'}", "forbidden", ""),
            new Case("/marketplace", BEN, "order:subscribe", "{'order_id':'PENDING'}", "forbidden", ""),
            new Case("/marketplace", ANNA, "order:subscribe", "{'order_id':true}", "invalid", "order_id"),
            new Case("/storefront", ANNA, "join:order", "''", "invalid", "orderId"),
            new Case("/storefront", BEN, "join:order", "'PENDING'", "forbidden", ""),
            new Case("/storefront", ANNA, "leave:order", "7", "invalid", "payload"),
            new Case("/storefront", ANNA, "join:delivery", "'kari'", "forbidden", ""),
            new Case("/storefront", ANNA, "join:delivery", "{}", "invalid", "driverId"),
            new Case("/storefront", OLA, "join:delivery", "'kari'", "forbidden", ""),
            new Case("/storefront", KARI, "delivery:location", "{'latitude':1,'longitude':1}", "invalid", "orderId"),
            new Case(
                    "/storefront",
                    ANNA,
                    "delivery:location",
                    "{'orderId':'DRIVEN','latitude':1,'longitude':1}",
                    "forbidden",
                    ""),
            new Case("/storefront", ANNA, "register", "{'role':'customer'}", "invalid", "userId"),
            new Case("/storefront", ANNA, "register", "{'userId':'anna'}", "invalid", "role"),
            new Case("/storefront", ANNA, "register", "{'userId':'anna','role':'king'}", "invalid", "role"),
            new Case("/storefront", ANNA, "register", "{'userId':'ben','role':'customer'}", "forbidden", ""),
            new Case("/storefront", ANNA, "register", "{'userId':'anna','role':'admin'}", "forbidden", ""));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static DialectServerFixture fixture;

    @SuppressWarnings("NullAway.Init")
    private static Order pending;

    @SuppressWarnings("NullAway.Init")
    private static Order driven;

    private static final Map<String, LiveTestClient> SOCKETS = new HashMap<>();

    @BeforeAll
    static void open() {
        fixture = DialectServerFixture.secured(data);
        driven = fixture.placeInTransit(KARI);
        pending = fixture.place(ANNA, "acme");
        fixture.awaitRelay();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @TestFactory
    Stream<DynamicTest> isAnswered() {
        return each((socket, one) -> socket.error(one.event, payload(one.payload)));
    }

    @TestFactory
    Stream<DynamicTest> anErrorEventIsSentWithoutAnAck() {
        return each((socket, one) -> {
            socket.emit(one.event, payload(one.payload));
            var error = socket.nextEvent("error").payload();
            assertThat(error.optString("event")).isEqualTo(one.event);
            return error;
        });
    }

    private static Stream<DynamicTest> each(BiFunction<LiveTestClient, Case, JSONObject> said) {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    var head = fixture.store().eventLog().lastSequence();
                    var error = said.apply(socket(one), one);
                    assertThat(error.optString("code")).as(error.toString()).isEqualTo(one.code);
                    assertThat(error.optString("field")).as(error.toString()).isEqualTo(one.field);
                    assertThat(error.optString("message")).isNotBlank();
                    assertThat(fixture.store().eventLog().lastSequence()).isEqualTo(head);
                    assertThat(fixture.state(pending)).isEqualTo(OrderState.PENDING);
                }));
    }

    private static LiveTestClient socket(Case one) {
        return SOCKETS.computeIfAbsent(
                one.namespace + one.principal.id(), _ -> fixture.connect(one.namespace, one.principal));
    }

    private static Object payload(String text) {
        var json = text.replace('\'', '"')
                .replace("PENDING", pending.id().toString())
                .replace("DRIVEN", driven.id().toString());
        try {
            return new JSONTokener(json).nextValue();
        } catch (JSONException e) {
            throw new AssertionError(e);
        }
    }
}
