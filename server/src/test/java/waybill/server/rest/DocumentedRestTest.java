package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.ExpectedJson;

/// Does what `docs/rest.md`, `docs/trackers.md`, `docs/emit.md` and `docs/tracking-links.md` tell their readers to do,
/// from top to bottom, and compares the
/// answers. A `…` in what is
/// expected stands for anything.
class DocumentedRestTest {

    private static final Path PAGES = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|json)\n(.*?)^```$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z]+)");
    private static final Pattern COMMAND = Pattern.compile("\n(?=curl )");
    /// What begins like a photo.
    private static final byte[] PHOTO = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @ParameterizedTest
    @CsvSource({"rest.md, 12", "trackers.md, 3", "proof.md, 3", "emit.md, 1", "tracking-links.md, 3"})
    void theExamplesGetTheDocumentedResponses(String page, int moreThan) throws IOException {
        var blocks =
                BLOCK.matcher(Files.readString(PAGES.resolve(page))).results().toList();
        try (var api = ApiTestClient.start(data)) {
            var variables = new HashMap<>(Map.of(
                    "JANE", token(api, "jane", "customer", "Jane Doe"),
                    "CHEF", token(api, "pizzeria", "merchant", "Carla"),
                    "KARI", token(api, "kari", "driver", "Kari"),
                    "SHOP", token(api, "shop", "service", "Shop"),
                    "ADMIN", token(api, "root", "admin", "Root")));
            var answer = "";
            var compared = 0;
            for (var block : blocks) {
                if (block.group(1).equals("sh")) {
                    answer = run(api, block.group(2), variables);
                } else {
                    ExpectedJson.assertMatches(JSON.readTree(answer), JSON.readTree(block.group(2)), answer);
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(moreThan);
        }
    }

    private static String token(ApiTestClient api, String id, String role, String name) {
        var phone = role.equals("driver") ? ", \"phone\": \"+47 1\"" : "";
        return api.post(
                        "",
                        "/api/v1/tokens",
                        "{\"userId\": \"%s\", \"role\": \"%s\", \"name\": \"%s\"%s}".formatted(id, role, name, phone))
                .text("token");
    }

    /// Runs every command of a block, and gives the last answer.
    private static String run(ApiTestClient api, String block, Map<String, String> variables)
            throws JsonProcessingException {
        var answer = "";
        for (var command : COMMAND.split(block.replace("\\\n", " "), -1)) {
            answer = api.send(request(api, command, variables)).body();
            var order = JSON.readTree(answer).path("orderId");
            if (order.isTextual()) {
                variables.putIfAbsent("ORDER", order.asText());
            }
            var pin = JSON.readTree(answer).path("pin");
            if (pin.isTextual()) {
                variables.put("PIN", pin.asText());
            }
            var key = JSON.readTree(answer).path("key");
            if (key.isTextual()) {
                variables.put("KEY", key.asText());
            }
            var link = JSON.readTree(answer).path("token");
            if (link.isTextual()) {
                variables.put("LINK", link.asText());
            }
        }
        return answer;
    }

    /// What `curl` would send.
    private static HttpRequest request(ApiTestClient api, String command, Map<String, String> variables) {
        var words = words(command, variables);
        var url = words.stream()
                .filter(word -> word.startsWith("http://"))
                .findFirst()
                .orElseThrow();
        var request = HttpRequest.newBuilder(api.uri(URI.create(url).getRawPath()
                + (URI.create(url).getRawQuery() == null
                        ? ""
                        : "?" + URI.create(url).getRawQuery())));
        var method = "GET";
        var body = BodyPublishers.noBody();
        var isTyped = false;
        for (var i = 0; i < words.size() - 1; i++) {
            var value = words.get(i + 1);
            switch (words.get(i)) {
                case "-X" -> method = value;
                case "-d" -> body = BodyPublishers.ofString(value);
                case "--data-binary" -> body = BodyPublishers.ofByteArray(PHOTO);
                case "-H" -> {
                    request.header(value.replaceFirst(":.*", ""), value.replaceFirst("[^:]*: ", ""));
                    isTyped |= value.startsWith("Content-Type:");
                }
                default -> {}
            }
        }
        if (!isTyped && body.contentLength() > 0) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        return request.method(method, body).build();
    }

    private static List<String> words(String command, Map<String, String> variables) {
        var words = new ArrayList<String>();
        WORD.matcher(command).results().forEach(word -> {
            var isVerbatim = word.group(1) != null;
            var text = isVerbatim
                    ? word.group(1)
                    : word.group(2) != null ? word.group(2).replace("\\\"", "\"") : word.group(3);
            words.add(
                    isVerbatim
                            ? text
                            : VARIABLE.matcher(text)
                                    .replaceAll(name -> variables.getOrDefault(name.group(1), name.group())));
        });
        return words;
    }
}
