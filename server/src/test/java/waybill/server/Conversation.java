package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Grant;
import waybill.server.realtime.LiveSocket;
import waybill.server.realtime.LiveSocket.Heard;

/// A conversation of the manual, played line by line with a hub. How its lines are to be read stands in
/// `docs/realtime.md`.
final class Conversation implements AutoCloseable {

    private static final Pattern LINE = Pattern.compile("(\\w+) (connects|->|<-|hears|answers|POST|PATCH) ?(.*)");
    private static final Duration TOKEN_LASTS = Duration.ofHours(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hub hub;
    private final String namespace;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Speaker> speakers = new HashMap<>();
    private String order = "";

    /// Somebody who has connected.
    private static final class Speaker {
        private final LiveSocket socket;
        private final String token;
        private final Set<JsonNode> asked = new HashSet<>();
        private @Nullable CompletableFuture<JSONObject> answer;
        private @Nullable Heard last;

        Speaker(LiveSocket socket, String token) {
            this.socket = socket;
            this.token = token;
        }

        /// What it hears next. What wants an answer is asked again until there is one; that is passed over.
        Heard next() {
            for (var next = socket.next(); ; next = socket.next()) {
                if (next.ack() == null || asked.add(json(next.payload().toString()))) {
                    last = next;
                    return next;
                }
            }
        }
    }

    Conversation(Hub hub, String namespace) {
        this.hub = hub;
        this.namespace = namespace;
    }

    void play(String line) throws JSONException {
        var words = LINE.matcher(line);
        assertThat(words.matches()).as(line).isTrue();
        var name = words.group(1);
        var rest = words.group(3).replace("$order", order);
        switch (words.group(2)) {
            case "connects" -> connect(name, rest);
            case "->" -> say(speaker(name), rest);
            case "<-" -> {
                var answer = Optional.ofNullable(speaker(name).answer).orElseThrow();
                Expected.assertMatches(json(answer.join().toString()), json(rest), line);
            }
            case "hears" -> {
                var heard = speaker(name).next();
                var expected = rest.split(" ", 2);
                assertThat(heard.event()).as(line).isEqualTo(expected[0]);
                Expected.assertMatches(json(heard.payload().toString()), json(expected[1]), line);
            }
            case "answers" ->
                Optional.ofNullable(speaker(name).last).orElseThrow().answer(value(rest));
            default -> request(speaker(name), words.group(2), rest);
        }
    }

    /// `/caps` is spoken without a token, and what is said of the speaker is its query string.
    private void connect(String name, String text) {
        var address = hub.addresses().getFirst();
        if (namespace.equals("/caps")) {
            speakers.put(name, new Speaker(LiveSocket.connect(address, namespace, Map.of(), text), ""));
        } else {
            var token = token(name, text);
            var socket = LiveSocket.connect(address, namespace, Map.of("token", token), "");
            speakers.put(name, new Speaker(socket, token));
        }
    }

    private String token(String name, String text) {
        var said = Arrays.stream(text.split(" ", -1))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        var role = Role.of(said.getOrDefault("role", "")).orElseThrow();
        return hub.identity()
                .issuer()
                .orElseThrow()
                .issue(new Grant(new Principal(name, role, null, null, said.get("store")), TOKEN_LASTS));
    }

    private static void say(Speaker speaker, String text) throws JSONException {
        var words = text.split(" ", 2);
        speaker.answer = speaker.socket.asking(words[0], value(words[1]));
    }

    private void request(Speaker speaker, String method, String text) {
        var words = text.split(" ", 2);
        var address = hub.addresses().getFirst();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/api/v1" + words[0]))
                .method(method, HttpRequest.BodyPublishers.ofString(words[1]))
                .header("Authorization", "Bearer " + speaker.token)
                .header("Content-Type", "application/json")
                .build();
        var answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
        assertThat(answer.statusCode()).as("%s: %s", text, answer.body()).isBetween(200, 299);
        if (words[0].equals("/orders")) {
            order = json(answer.body()).path("orderId").asText();
        }
    }

    private Speaker speaker(String name) {
        return Optional.ofNullable(speakers.get(name))
                .orElseThrow(() -> new AssertionError(name + ": nobody of that name (expected: NAME connects)"));
    }

    private static Object value(String text) throws JSONException {
        return new JSONTokener(text).nextValue();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        speakers.values().forEach(speaker -> speaker.socket.close());
        http.close();
    }
}
