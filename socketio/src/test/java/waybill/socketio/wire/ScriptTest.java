package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Plays every script of `src/test/resources/wire` over a real port.
///
/// With `-Dwire.reference=echo:4001,impatient:4002,…` they are played against servers that listen on those ports
/// instead: another implementation, to learn whether it is the script that is wrong.
class ScriptTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/wire");
    private static final Map<String, Integer> REFERENCE = reference(System.getProperty("wire.reference", ""));
    private static final Map<TestServer.Kind, TestServer> SERVERS = new EnumMap<>(TestServer.Kind.class);

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(TestServer::close);
        SERVERS.clear();
    }

    @TestFactory
    List<DynamicContainer> conversations() throws IOException {
        try (var files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".script"))
                    .sorted()
                    .map(ScriptTest::conversationsOf)
                    .toList();
        }
    }

    private static DynamicContainer conversationsOf(Path file) {
        var script = Script.read(file);
        assertThat(script.sections()).as(script.name()).isNotEmpty();
        return DynamicContainer.dynamicContainer(
                script.name(),
                script.sections().stream()
                        .filter(section -> REFERENCE.isEmpty() || !section.stricter())
                        .map(section -> DynamicTest.dynamicTest(
                                section.title(), source(file, section), () -> play(script, section))));
    }

    private static URI source(Path file, Script.Section section) {
        return URI.create(file.toUri() + "?line=" + section.line());
    }

    private static void play(Script script, Script.Section section) {
        var kind = TestServer.Kind.of(script.server());
        try (var conversation = new ScriptRunner(port(kind), kind.path())) {
            conversation.play(section);
        }
    }

    private static int port(TestServer.Kind kind) {
        var elsewhere = REFERENCE.get(kind.scriptName());
        return elsewhere == null
                ? SERVERS.computeIfAbsent(kind, TestServer::start).port()
                : elsewhere;
    }

    private static Map<String, Integer> reference(String ports) {
        return Arrays.stream(ports.split(","))
                .filter(one -> !one.isEmpty())
                .map(one -> one.split(":"))
                .collect(Collectors.toMap(one -> one[0], one -> Integer.valueOf(one[1])));
    }
}
