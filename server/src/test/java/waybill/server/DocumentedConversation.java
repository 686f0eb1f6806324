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
import waybill.server.live.LiveTestClient;
import waybill.server.live.LiveTestClient.ReceivedEvent;

/// A conversation of the manual, played line by line with a hub. How its lines are to be read stands in
/// `docs/realtime.md`.
final class DocumentedConversation implements AutoCloseable {

    private static final Pattern LINE = Pattern.compile("(\\w+) (connects|->|<-|receives|answers|POST|PATCH) ?(.*)");
    private static final Duration TOKEN_LASTS = Duration.ofHours(1);
    private static final String UNKNOWN_ORDER = "00000000-0000-7000-8000-000000000000";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WaybillServer hub;
    private final String namespace;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Client> clients = new HashMap<>();
    private String order = "";

    /// A client that has connected.
    private static final class Client {
        private final LiveTestClient socket;
        private final String token;
        private final Set<JsonNode> pendingAck = new HashSet<>();
        private @Nullable CompletableFuture<JSONObject> answer;
        private @Nullable ReceivedEvent last;

        Client(LiveTestClient socket, String token) {
            this.socket = socket;
            this.token = token;
        }

        /// What it receives next. What wants an answer is asked again until there is one; that is passed over.
        ReceivedEvent next() {
            for (var next = socket.nextEvent(); ; next = socket.nextEvent()) {
                if (next.ack() == null || pendingAck.add(json(next.payload().toString()))) {
                    last = next;
                    return next;
                }
            }
        }
    }

    DocumentedConversation(WaybillServer hub, String namespace) {
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
            case "->" -> emit(client(name), rest);
            case "<-" -> {
                var answer = Optional.ofNullable(client(name).answer).orElseThrow();
                ExpectedJson.assertMatches(json(answer.join().toString()), json(rest), line);
            }
            case "receives" -> {
                var heard = client(name).next();
                var expected = rest.split(" ", 2);
                assertThat(heard.event()).as(line).isEqualTo(expected[0]);
                ExpectedJson.assertMatches(json(heard.payload().toString()), json(expected[1]), line);
            }
            case "answers" ->
                Optional.ofNullable(client(name).last).orElseThrow().answer(value(rest));
            default -> request(client(name), words.group(2), rest);
        }
    }

    /// `/caps` is spoken without a token, and what is said of the speaker is its query string.
    private void connect(String name, String text) throws JSONException {
        var address = hub.addresses().getFirst();
        if (namespace.equals("/caps")) {
            clients.put(name, new Client(LiveTestClient.connect(address, namespace, Map.of(), text), ""));
        } else {
            var token = token(name, text);
            var socket = LiveTestClient.connect(address, namespace, Map.of("token", token), "");
            awaitLive(socket);
            clients.put(name, new Client(socket, token));
        }
    }

    /// What a client asks is answered once it is in the rooms of its orders.
    private void awaitLive(LiveTestClient socket) throws JSONException {
        var event = switch (namespace) {
            case "/marketplace" -> "order:unsubscribe";
            case "/realtime" -> "unsubscribe:order";
            default -> "leave:order";
        };
        socket.emitAsync(event, new JSONObject().put("orderId", UNKNOWN_ORDER).put("order_id", UNKNOWN_ORDER))
                .join();
    }

    private String token(String name, String text) {
        var said = Arrays.stream(text.split(" ", -1))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        var role = Role.parse(said.getOrDefault("role", "")).orElseThrow();
        return hub.identity()
                .issuer()
                .orElseThrow()
                .issue(new Grant(new Principal(name, role, null, null, said.get("store")), TOKEN_LASTS));
    }

    private static void emit(Client speaker, String text) throws JSONException {
        var words = text.split(" ", 2);
        speaker.answer = speaker.socket.emitAsync(words[0], value(words[1]));
    }

    private void request(Client speaker, String method, String text) {
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

    private Client client(String name) {
        return Optional.ofNullable(clients.get(name))
                .orElseThrow(() -> new AssertionError(name + ": no client of that name (expected: NAME connects)"));
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
        clients.values().forEach(speaker -> speaker.socket.close());
        http.close();
    }
}
