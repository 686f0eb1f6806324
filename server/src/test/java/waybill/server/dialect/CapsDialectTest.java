package waybill.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Details;
import waybill.order.OrderState;

class CapsDialectTest {

    /// One test a line: a new quirk is a new line.
    @TestFactory
    Stream<DynamicTest> hearsWhatClientsMean() throws IOException {
        return corpus().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    var arrow = line.lastIndexOf(" => ");
                    var space = line.indexOf(' ');
                    var heard = hear(
                            line.substring(0, space),
                            line.substring(space, arrow).strip());
                    assertThat(heard).hasToString(line.substring(arrow + 4).strip());
                }));
    }

    @TestFactory
    Stream<DynamicTest> hearsBackWhatItSays() {
        return Stream.of(Topic.values())
                .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> {
                    var queue = new Queue("a \"quoted\" store\n", topic);
                    var said = CapsDialect.say(Profile.PHASE3, queue, "m\u00e9\\1", "{\"orderId\":\"o1\"}", 7);
                    assertThat(said).endsWith(",\"eventId\":7}");
                    assertThat(CapsDialect.received(said)).isEqualTo(new CapsHeard.Received(queue, "m\u00e9\\1"));
                    assertThat(CapsDialect.pickup(said))
                            .isEqualTo(new CapsHeard.Pickup(
                                    queue.store(), "m\u00e9\\1", "o1", "{\"orderId\":\"o1\"}", null));
                }));
    }

    @Test
    void phase2SaysWhatTheSenderSaid() {
        var order = "{\"store\":\"s\",  \"id\":1.0}";
        assertThat(CapsDialect.say(Profile.PHASE2, new Queue("s", Topic.PICKUP), "1.0", order, 7))
                .isEqualTo(order);
    }

    @Test
    void saysAnOrderThatWasPlacedElsewhereAsIfItHadBeenPlacedHere() {
        var order = Entries.sushi(OrderState.READY_FOR_PICKUP, null);
        assertThat(CapsDialect.parcel(order)).isEqualTo("""
                {"store":"acme-widgets","orderId":"o1","customer":"Jane \\"JD\\" Doe","address":"12 Lake Road",\
                "orderNumber":"WB-20260131-0001"}""");
        assertThat(CapsDialect.details(CapsDialect.parcel(order)))
                .isEqualTo(Details.ofParcel("Jane \"JD\" Doe", "12 Lake Road"));
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
                "{'order':{'customer':'Jane'}} =>  |",
                "['Jane'] =>  |",
                "{'customer':'Jane' =>  |",
                "{} =>  |"
            })
    void takesWhomItIsForAndWhereToFromTheOrder(String line) {
        var parts = line.split(" => | \\|", -1);
        assertThat(CapsDialect.details(parts[0].replace('\'', '"')))
                .isEqualTo(Details.ofParcel(parts[1].strip(), parts[2].strip()));
    }

    @Test
    void takesNoNovelForAName() {
        var order = "{\"customer\":\"" + "x".repeat(501) + "\",\"name\":\"" + "y".repeat(500) + "\"}";
        assertThat(CapsDialect.details(order)).isEqualTo(Details.ofParcel("y".repeat(500), ""));
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThat(CapsDialect.join("\"" + "x".repeat(201) + "\""))
                .isEqualTo(new CapsHeard.Malformed("clientId", "clientId: 201 characters (expected: 1..200)"));
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(CapsDialect.pickup("{\"clientId\":\"s\",\"messageId\":\"m\",\"order\":" + deep + "}"))
                .isInstanceOf(CapsHeard.Malformed.class);
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
                assertThat(hear(event, text.toString())).isNotNull();
            }
        }
    }

    private static CapsHeard hear(String event, String json) {
        return switch (event) {
            case "join" -> CapsDialect.join(json);
            case "subscribe" -> CapsDialect.subscribe(json);
            case "unsubscribe" -> CapsDialect.unsubscribe(json);
            case "pickup" -> CapsDialect.pickup(json);
            case "in-transit" -> CapsDialect.inTransit(json);
            case "delivered" -> CapsDialect.delivered(json);
            case "scan" -> CapsDialect.scan(json);
            case "received" -> CapsDialect.received(json);
            case "getAll" -> CapsDialect.getAll(json);
            default -> throw new IllegalArgumentException("corpus: " + event);
        };
    }

    private static String corpus() throws IOException {
        try (InputStream corpus = CapsDialectTest.class.getResourceAsStream("caps.corpus")) {
            assertThat(corpus).isNotNull();
            return corpus == null ? "" : new String(corpus.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
