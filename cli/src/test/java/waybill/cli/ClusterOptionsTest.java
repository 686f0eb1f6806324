package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import waybill.server.ClusterConfig;

/// Which Redis a hub uses, by the options of the operator.
class ClusterOptionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static ClusterConfig config(Map<String, String> environment, String... options) {
        return CommandLine.populateCommand(new ClusterOptions(), options).config(environment);
    }

    @Test
    void theUrlIsAnOptionAVariableOrAFile() throws IOException {
        assertThat(config(Map.of()).redis()).isEmpty();
        var variable = Map.of("WAYBILL_REDIS", "redis://a:1");
        assertThat(config(variable).redis()).contains(URI.create("redis://a:1"));
        assertThat(config(variable, "--redis", "rediss://b:2").redis()).contains(URI.create("rediss://b:2"));
        var file = Files.writeString(folder.resolve("redis"), "redis://:secret@c:3\n");
        assertThat(config(variable, "--redis-file", file.toString()).redis())
                .contains(URI.create("redis://:secret@c:3"));
    }

    @Test
    void noMessageHasThePassword() throws IOException {
        for (var url : new String[] {"http://:secret@c:3", "redis://:secret@", "redis://:secret c", "secret"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> config(Map.of(), "--redis", url))
                    .withMessageStartingWith("redis: ")
                    .withMessageContaining("expected: redis://host:port")
                    .satisfies(failure -> assertThat(failure.toString()).doesNotContain("secret"));
        }
        var file = Files.writeString(folder.resolve("redis"), "redis://:secret@c:3");
        assertThat(config(Map.of(), "--redis-file", file.toString()).toString())
                .contains("c")
                .doesNotContain("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--redis", "redis://a", "--redis-file", file.toString()));
    }
}
