package waybill.server.dialect.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.OrderDetails;
import waybill.order.OrderState;
import waybill.server.dialect.SampleEntries;

class CapsDialectTest {

    /// One test a line: a new quirk is a new line.
    @TestFactory
    Stream<DynamicTest> parsesTheCorpus() throws IOException {
        return corpus().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    var arrow = line.lastIndexOf(" => ");
                    var space = line.indexOf(' ');
                    var message = parse(
                            line.substring(0, space),
                            line.substring(space, arrow).strip());
                    assertThat(message).hasToString(line.substring(arrow + 4).strip());
                }));
    }

    @TestFactory
    Stream<DynamicTest> parsesWhatItRenders() {
        return Stream.of(Topic.values())
                .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> {
                    var queue = new Queue("a \"quoted\" store\n", topic);
                    var said = CapsDialect.render(Profile.PHASE3, queue, "m\u00e9\\1", "{\"orderId\":\"o1\"}", 7);
                    assertThat(said).endsWith(",\"eventId\":7}");
                    assertThat(CapsDialect.received(said))
                            .isEqualTo(new CapsMessage.Received(queue.store(), topic, "m\u00e9\\1"));
                    assertThat(CapsDialect.pickup(said))
                            .isEqualTo(new CapsMessage.Pickup(
                                    queue.store(), "m\u00e9\\1", "o1", "{\"orderId\":\"o1\"}", null));
                }));
    }

    @Test
    void phase2RendersThePayloadUnchanged() {
        var order = "{\"store\":\"s\",  \"id\":1.0}";
        assertThat(CapsDialect.render(Profile.PHASE2, new Queue("s", Topic.PICKUP), "1.0", order, 7))
                .isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'store':'s', 'id' : 1.0}; {'store':'s', 'id' : 1.0}; 'store':'s','id':1.0",
                "['a', 1]; ['a', 1]; ",
                "{'event':'x','order':'a pizza','id':1}; {'event':'x','order':'a pizza','id':1}; 'id':1",
                "{'time':7,'payload':{'id':1}}; {'id':1}; 'id':1,'time':7,'payload':{'id':1}",
                "{'id':1,'order':{'id':2,'n':null}}; {'id':2,'n':null}; 'id':1,'n':null",
                "{'a':1,'a':[2]}; {'a':1,'a':[2]}; 'a':[2]",
            })
    void mergedRendersTheSendersFieldsBesideTheEnvelope(String kept, String order, @Nullable String own) {
        var said = CapsDialect.render(Profile.MERGED, new Queue("s", Topic.PICKUP), "m", json(kept), 7);
        assertThat(said)
                .isEqualTo(json("{'event':'pickup','messageId':'m','clientId':'s','eventId':7,'order':" + order
                        + (own == null ? "" : "," + own) + "}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void anOrderInAnyShapeRoundTrips() {
        var queue = new Queue("s", Topic.PICKUP);
        for (var kept : List.of(
                "{\"id\": 1, \"n\":[1, 2]}",
                "[1]",
                "{\"id\":1,\"order\":{\"a\":1},\"time\":7}",
                "{\"payload\":{\"id\":1}}",
                "{}")) {
            for (var profile : List.of(Profile.PHASE3, Profile.MERGED)) {
                var said = CapsDialect.render(profile, queue, "m", kept, 7);
                var back = ((CapsMessage.InTransit) CapsDialect.inTransit(said)).order();
                assertThat(CapsDialect.render(Profile.PHASE3, queue, "m", back, 7))
                        .as("%s of %s", profile, kept)
                        .isEqualTo(CapsDialect.render(Profile.PHASE3, queue, "m", kept, 7));
            }
        }
    }

    @Test
    void aPayloadOfTooManyFieldsIsCarriedWholeInTheOrder() {
        var many = new StringBuilder("{\"id\":1");
        for (var i = 0; i < 2 * LooseObject.FIELDS_MAX; i++) {
            many.append(",\"f").append(i).append("\":0");
        }
        var order = many.append('}').toString();
        assertThat(CapsDialect.render(Profile.MERGED, new Queue("s", Topic.PICKUP), "m", order, 7))
                .contains("\"order\":" + order)
                .contains(",\"id\":1,\"f0\":0")
                .doesNotEndWith("\"f1999\":0}");
    }

    @Test
    void eventNamesAreParsedInEverySpelling() {
        for (var name : List.of("in-transit", "IN_TRANSIT", "In Transit", "inTransit", "intransit")) {
            assertThat(CapsEvent.of(name)).as(name).contains(CapsEvent.IN_TRANSIT);
            assertThat(CapsDialect.topic(name)).as(name).contains(Topic.IN_TRANSIT);
        }
        for (var event : CapsEvent.values()) {
            assertThat(CapsEvent.of(event.wireName())).contains(event);
        }
        assertThat(CapsEvent.of("getall")).contains(CapsEvent.GET_ALL);
        assertThat(CapsEvent.of("joinRoom")).isEmpty();
        assertThat(CapsEvent.of("pickup" + " ".repeat(900_000))).isEmpty();
    }

    @Test
    void rendersAnOrderFromAnotherDialectAsAParcel() {
        var order = SampleEntries.sushi(OrderState.READY_FOR_PICKUP, null);
        assertThat(CapsEvents.renderOrder(order)).isEqualTo("""
                {"store":"acme-widgets","orderId":"o1","customer":"Jane \\"JD\\" Doe","address":"12 Lake Road",\
                "orderNumber":"WB-20260131-0001"}""");
        assertThat(CapsDialect.details(CapsEvents.renderOrder(order)))
                .isEqualTo(OrderDetails.ofParcel("Jane \"JD\" Doe", "12 Lake Road"));
    }

    /// `order customer | address`
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'customer':'Jane','address':'12 Lake Road'} => Jane | 12 Lake Road",
                "{'deliveryAddress':'12 Lake Road','customerName':'Jane'} => Jane | 12 Lake Road",
                "{'name':'parcel','customerName':'Jane','customer':{'name':'x'}} => Jane |",
                "{'name':'Jane','address':{'street':'12 Lake Road'}} => Jane |",
                "{'name':'Jane','customer':'','address':17} => Jane |",
                "{'order':{'customer':'Jane'}} => Jane |",
                "['Jane'] =>  |",
                "{'customer':'Jane' =>  |",
                "{} =>  |"
            })
    void readsCustomerAndAddressFromTheOrder(String line) {
        var parts = line.split(" => | \\|", -1);
        assertThat(CapsDialect.details(parts[0].replace('\'', '"')))
                .isEqualTo(OrderDetails.ofParcel(parts[1].strip(), parts[2].strip()));
    }

    @Test
    void takesNoNovelForAName() {
        var order = "{\"customer\":\"" + "x".repeat(501) + "\",\"name\":\"" + "y".repeat(500) + "\"}";
        assertThat(CapsDialect.details(order)).isEqualTo(OrderDetails.ofParcel("y".repeat(500), ""));
    }

    @Test
    void aNameOverTheLimitIsRejected() {
        assertThat(CapsDialect.join("\"" + "x".repeat(201) + "\""))
                .isEqualTo(new CapsMessage.Malformed("clientId", "clientId: 201 characters (expected: 1..200)"));
    }

    @Test
    void aPayloadThatIsNestedTooDeepIsRejected() {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(CapsDialect.pickup("{\"clientId\":\"s\",\"messageId\":\"m\",\"order\":" + deep + "}"))
                .isInstanceOf(CapsMessage.Malformed.class);
    }

    /// Whatever is said has a meaning or is malformed, and never anything else.
    @Test
    void isTotal() {
        var random = new Random(20260131);
        var pieces = List.of(
                "{",
                "}",
                "[",
                "]",
                "\"",
                ":",
                ",",
                "\\",
                " ",
                "\"clientId\":",
                "\"order\":",
                "\"messageId\":",
                "\"event\":",
                "\"pickup\"",
                "\"s\"",
                "1",
                "-0.5e9",
                "true",
                "null",
                "\u0000");
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder("{");
            for (var length = random.nextInt(30); length > 0; length--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            for (var event : new String[] {"join", "subscribe", "pickup", "delivered", "scan", "received", "getAll"}) {
                assertThat(parse(event, text.toString())).isNotNull();
            }
        }
    }

    private static CapsMessage parse(String event, String json) {
        return CapsEvent.of(event).orElseThrow().parse(json);
    }

    private static String corpus() throws IOException {
        try (InputStream corpus = CapsDialectTest.class.getResourceAsStream("caps.corpus")) {
            assertThat(corpus).isNotNull();
            return corpus == null ? "" : new String(corpus.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
