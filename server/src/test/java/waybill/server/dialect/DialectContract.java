package waybill.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import waybill.access.Principal;
import waybill.access.Role;

/// What every [Dialect] keeps, besides what its corpus file says. Lines of a corpus:
///
/// - `event payload => meaning` for what is received
/// - `tell entry => event to rooms [except rooms] [receipt] json` for what is said of an entry of the log
public interface DialectContract {

    ObjectMapper JSON = new ObjectMapper();

    Dialect dialect();

    /// Every event that it parses.
    List<String> clientEvents();

    /// What it calls the `eventId`.
    String eventId();

    @TestFactory
    default Stream<DynamicTest> parsesTheCorpus() {
        return corpus().filter(line -> !line.startsWith("tell "))
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    var arrow = line.lastIndexOf(" => ");
                    var words = line.substring(0, arrow).split(" ", 2);
                    assertThat(dialect().parse(words[0], words[1].strip()))
                            .hasToString(line.substring(arrow + 4).strip());
                }));
    }

    @TestFactory
    default Stream<DynamicTest> rendersTheCorpus() {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        corpus().filter(line -> line.startsWith("tell ")).forEach(line -> {
            var parts = line.substring(5).split(" => ", 2);
            var lines = expected.computeIfAbsent(parts[0].strip(), _ -> new ArrayList<>());
            if (!parts[1].strip().equals("nothing")) {
                lines.add(parts[1].strip());
            }
        });
        return SampleEntries.all().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(dialect().render(entry.getValue()).stream()
                                        .map(DialectContract::describe))
                                .isEqualTo(expected.get(entry.getKey()))));
    }

    @Test
    default void theCorpusCoversEveryClientEvent() {
        var known = corpus().map(line -> line.split(" ", 2)[0]).toList();
        assertThat(known).containsAll(clientEvents());
        for (var event : clientEvents()) {
            assertThat(dialect().parse(event, "{}")).as(event).isNotInstanceOf(ClientMessage.Unknown.class);
        }
        assertThat(dialect().parse("honk", "{}")).isEqualTo(new ClientMessage.Unknown("honk"));
    }

    @Test
    default void itsPageNamesEveryEventAndField() throws IOException {
        var page = Files.readString(Path.of("..", "docs", dialect().name() + ".md"));
        assertThat(page)
                .contains(clientEvents().stream()
                        .map(event -> "| `" + event + "` |")
                        .toList());
        for (var entry : SampleEntries.ofTheHub()) {
            for (var outgoing : dialect().render(entry)) {
                assertThat(page).contains("| `" + outgoing.event() + "` |");
                for (var field : JSON.readTree(outgoing.json()).properties()) {
                    assertThat(page).as(outgoing.event()).containsPattern("\\b" + field.getKey() + "\\b");
                }
            }
        }
    }

    /// A client drops what it has had before by that.
    @Test
    default void everyDurableEventHasAnEventIdAndATime() throws IOException {
        for (var entry : SampleEntries.ofTheHub()) {
            for (var outgoing : dialect().render(entry)) {
                var json = JSON.readTree(outgoing.json());
                assertThat(json.path(eventId()).longValue())
                        .as(outgoing.toString())
                        .isEqualTo(7);
                assertThat(json.path("timestamp").textValue()).isEqualTo("2026-01-31T12:00:00.120Z");
            }
        }
    }

    @Test
    default void hostileCharactersInANameAreEscaped() throws IOException {
        var outgoing = dialect().render(SampleEntries.placed()).getFirst();
        var json = JSON.readTree(outgoing.json());
        var name = Stream.of("customerName", "customer_name")
                .map(json::path)
                .filter(JsonNode::isTextual)
                .findFirst()
                .orElseThrow();
        assertThat(name.textValue()).isEqualTo("Jane \"JD\" Doe");
    }

    /// Whatever is said has a meaning, is malformed or unknown, and never anything else.
    @Test
    default void isTotal() {
        var random = new Random(20260131);
        for (var i = 0; i < 10_000; i++) {
            var text = malformed(random);
            for (var event : clientEvents()) {
                assertThat(dialect().parse(event, text)).isNotNull();
            }
            assertThat(dialect().parseAck("merchant:new_order", SampleEntries.ORDER, text))
                    .isNotNull();
        }
    }

    private static String malformed(Random random) {
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
                "\u0000",
                "\"orderId\":",
                "\"order_id\":",
                "\"lat\":",
                "\"lng\":",
                "\"latitude\":",
                "\"longitude\":",
                "\"since\":",
                "\"accepted\":",
                "\"recordedAt\":",
                "\"" + SampleEntries.ORDER + "\"",
                "\"2026-01-31T12:00:00Z\"",
                "\"s\"",
                "1",
                "-0.5e9",
                "1e999",
                "true",
                "null");
        var text = new StringBuilder(random.nextBoolean() ? "{" : "");
        for (var length = random.nextInt(30); length > 0; length--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    @Test
    default void aPayloadThatIsNestedTooDeepIsMalformed() {
        var deep = "[".repeat(50_000) + "]".repeat(50_000);
        for (var json : List.of(deep, "{\"x\":" + deep + "}")) {
            assertThat(dialect().parse("sync", json)).isInstanceOf(ClientMessage.Malformed.class);
        }
    }

    /// Whatever people are called, what is for one of them is in no room of another.
    @Test
    default void noUserIsInTheRoomOfAnother() {
        var names = List.of("a", "b", "s", "admin", "admin_updates", "driver", "drivers", "customers", "user:a", "a_b");
        Map<Principal, Set<String>> rooms = new LinkedHashMap<>();
        for (var name : names) {
            for (var role : Role.values()) {
                var who = new Principal(name, role, null, null, role == Role.MERCHANT ? "s-" + name : null);
                rooms.put(who, dialect().rooms(who));
            }
        }
        rooms.forEach((one, ofOne) -> rooms.forEach((other, ofOther) -> {
            var shared = new TreeSet<>(ofOne);
            shared.retainAll(ofOther);
            if (!one.id().equals(other.id())) {
                assertThat(shared).as("%s and %s", one, other).isSubsetOf(common(one.role(), other.role()));
            }
            assertThat(ofOne)
                    .doesNotContain(dialect().broadcastRoom(), dialect().orderRoom(SampleEntries.ORDER));
        }));
    }

    private static Set<String> common(Role one, Role other) {
        if (one != other) {
            return Set.of("admin_updates");
        }
        return switch (one) {
            case CUSTOMER -> Set.of("role:customer", "customers");
            case MERCHANT -> Set.of("role:merchant", "merchants");
            case DRIVER -> Set.of("role:driver", "drivers");
            case ADMIN -> Set.of("role:admin", "admin_updates", "admins");
            case SUPPORT -> Set.of("role:support", "admin_updates", "support");
            case SERVICE -> Set.of("role:service");
        };
    }

    private static String describe(RoomMessage outgoing) {
        return outgoing.event() + " to " + String.join(" ", new TreeSet<>(outgoing.rooms()))
                + (outgoing.exceptRooms().isEmpty()
                        ? ""
                        : " except " + String.join(" ", new TreeSet<>(outgoing.exceptRooms())))
                + (outgoing.requiresAck() ? " receipt " : " ") + outgoing.json();
    }

    private Stream<String> corpus() {
        try (var corpus = DialectContract.class.getResourceAsStream(dialect().name() + ".corpus")) {
            if (corpus == null) {
                throw new AssertionError(dialect().name() + ".corpus: missing");
            }
            return new String(corpus.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
