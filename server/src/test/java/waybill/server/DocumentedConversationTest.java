package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.json.JSONException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Plays the conversations on the manual's pages about the namespaces, each with a hub of its own.
class DocumentedConversationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @TestFactory
    Stream<DynamicTest> ofCapsHappen() throws IOException {
        return conversations("caps", 5);
    }

    @TestFactory
    Stream<DynamicTest> ofRealtimeHappen() throws IOException {
        return conversations("realtime", 3);
    }

    @TestFactory
    Stream<DynamicTest> ofMarketplaceHappen() throws IOException {
        return conversations("marketplace", 2);
    }

    @TestFactory
    Stream<DynamicTest> ofStorefrontHappen() throws IOException {
        return conversations("storefront", 2);
    }

    /// @param atLeast how many the page has; fewer are found if their fences change
    private Stream<DynamicTest> conversations(String dialect, int atLeast) throws IOException {
        var conversations = Pattern.compile("(?ms)^```" + dialect + "\n(.*?)^```")
                .matcher(Files.readString(Path.of("..", "docs", dialect + ".md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(conversations).hasSizeGreaterThanOrEqualTo(atLeast);
        return conversations.stream()
                .map(text -> DynamicTest.dynamicTest(
                        text.lines().skip(1).findFirst().orElse(text), () -> play("/" + dialect, text)));
    }

    private void play(String namespace, String text) throws IOException, JSONException {
        var directory = Files.createTempDirectory(data, "hub");
        try (var hub = WaybillServer.start(
                        Config.defaults(directory).withPorts(List.of(0)).withLoops(2));
                var conversation = new DocumentedConversation(hub, namespace)) {
            for (var line : text.lines().toList()) {
                conversation.play(line);
            }
        }
    }
}
