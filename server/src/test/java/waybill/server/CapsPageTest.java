package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Plays the conversations in `docs/caps.md`, each with a hub of its own.
class CapsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "caps.md");
    private static final Pattern CONVERSATION = Pattern.compile("(?ms)^```caps\n(.*?)^```");
    private static final Pattern LINE = Pattern.compile("(\\w+) (connects|->|<-|hears) ?(.*)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @TestFactory
    Stream<DynamicTest> theConversationsOnThePageHappen() throws IOException {
        var conversations = CONVERSATION
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(conversations).hasSizeGreaterThan(4);
        return conversations.stream()
                .map(text ->
                        DynamicTest.dynamicTest(text.lines().skip(1).findFirst().orElse(text), () -> play(text)));
    }

    private void play(String conversation) throws IOException, JSONException {
        var directory = Files.createTempDirectory(data, "hub");
        Map<String, CapsSocket> sockets = new HashMap<>();
        Map<String, CompletableFuture<JSONObject>> answers = new HashMap<>();
        try (var hub = Hub.start(Config.defaults(directory).withPorts(List.of(0)))) {
            for (var line : conversation.lines().toList()) {
                var words = LINE.matcher(line);
                assertThat(words.matches()).as(line).isTrue();
                var name = words.group(1);
                var rest = words.group(3);
                switch (words.group(2)) {
                    case "connects" ->
                        sockets.put(name, CapsSocket.connect(hub.addresses().getFirst(), rest));
                    case "->" -> answers.put(name, say(of(sockets, name), rest));
                    case "<-" ->
                        assertThat(new JsonObject(of(answers, name).join().toString()))
                                .as(line)
                                .isEqualTo(new JsonObject(rest));
                    default -> hear(of(sockets, name), rest, line);
                }
            }
        } finally {
            sockets.values().forEach(CapsSocket::close);
        }
    }

    private static CompletableFuture<JSONObject> say(CapsSocket socket, String text) throws JSONException {
        var words = text.split(" ", 2);
        return socket.asking(words[0], new JSONTokener(words[1]).nextValue());
    }

    private static void hear(CapsSocket socket, String text, String line) {
        var words = text.split(" ", 2);
        var said = socket.next();
        assertThat(said.event()).as(line).isEqualTo(words[0]);
        assertThat(new JsonObject(said.payload().toString())).as(line).isEqualTo(new JsonObject(words[1]));
    }

    private static <T> T of(Map<String, T> all, String name) {
        var one = all.get(name);
        if (one == null) {
            throw new AssertionError(name + ": nobody of that name (expected: NAME connects)");
        }
        return one;
    }
}
