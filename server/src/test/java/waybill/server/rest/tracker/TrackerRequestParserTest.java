package waybill.server.rest.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import waybill.hub.position.PositionReport;
import waybill.server.identity.ClientAddress;
import waybill.server.rest.http.RawRequest;
import waybill.server.rest.tracker.TrackerMessage.TrackerElement;

/// Every shape in which apps have been seen to send positions: a line of the corpus each.
class TrackerRequestParserTest {

    private static final ClientAddress CLIENT = new ClientAddress("192.0.2.1", false);

    @TestFactory
    Stream<DynamicTest> parsesTheCorpus() {
        return corpus().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    var arrow = line.lastIndexOf(" => ");
                    var request = line.substring(0, arrow).split("(^|\\s)\\|\\s", 2);
                    var message = TrackerRequestParser.parse(
                            request(request[0].strip(), request.length == 2 ? request[1].strip() : ""));
                    assertThat(described(message))
                            .isEqualTo(line.substring(arrow + 4).strip());
                }));
    }

    @Test
    void theAuthorizationHeaderMayHaveTheKey() {
        var body = "{\"location\":{\"coords\":{\"latitude\":1,\"longitude\":2}},\"device_id\":\"phone\"}";
        var request = new RawRequest(Map.of(), Buffer.buffer(body), Map.of(), Optional.of("Bearer KEY"), CLIENT);
        assertThat(described(TrackerRequestParser.parse(request))).isEqualTo("KEY Believed P(1.0 2.0 nan nan nan -)");
    }

    @Test
    void anyBytesGiveAMessage() {
        var random = new Random(11);
        var pieces =
                List.of("{", "}", "[", "]", "\"location\"", ":", "\"coords\"", ",", "1", "lat=", "&", "%", "\0", "é");
        for (var i = 0; i < 5_000; i++) {
            var body = random.ints(random.nextInt(12), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            assertThat(TrackerRequestParser.parse(request("", body)).elements())
                    .as(body)
                    .isNotNull();
        }
    }

    private static RawRequest request(String query, String body) {
        var parameters = new QueryStringDecoder("?" + query).parameters();
        return new RawRequest(parameters, Buffer.buffer(body), Map.of(), Optional.empty(), CLIENT);
    }

    private static String described(TrackerMessage message) {
        var key = Objects.requireNonNullElse(message.keyOrNone(), "none");
        return (key + " "
                        + message.elements().stream()
                                .map(TrackerRequestParserTest::described)
                                .collect(Collectors.joining("; ")))
                .strip();
    }

    private static String described(TrackerElement element) {
        return switch (element) {
            case TrackerElement.Believed(var report) -> "Believed " + described(report);
            case TrackerElement.Doubtful(var report, var field, var message) -> {
                assertThat(message).startsWith(field + ": ");
                yield "Doubtful " + described(report) + " " + message;
            }
            case TrackerElement.Broken(var field, var message) -> {
                assertThat(message).startsWith(field + ": ");
                yield "Broken " + message;
            }
            case TrackerElement.Empty() -> "Empty";
        };
    }

    private static String described(PositionReport report) {
        return "P(%s %s %s %s %s %s)"
                .formatted(
                        report.position().latitude(),
                        report.position().longitude(),
                        known(report.heading()),
                        Double.isNaN(report.speed()) ? "nan" : String.format(Locale.ROOT, "%.3f", report.speed()),
                        known(report.accuracy()),
                        report.recordedAt().map(Object::toString).orElse("-"));
    }

    private static String known(double value) {
        return Double.isNaN(value) ? "nan" : Double.toString(value);
    }

    private static String corpus() {
        try (var resource = TrackerRequestParserTest.class.getResourceAsStream("requests.corpus")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
