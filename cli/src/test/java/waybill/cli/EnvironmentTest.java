package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STORE_ID=acme-widgets",
                "STORE_ID=acme-widgets # ours",
                " export STORE_ID = \"acme-widgets\"",
                "STORE_ID='acme-widgets'\r",
                "PORT=3000\n# STORE_ID=no\nOTHER_STORE_ID=no\nSTORE_ID=acme-widgets\n"
            })
    void theNameIsReadFromTheEnvFile(String content) throws IOException {
        var file = Files.writeString(folder.resolve(".env"), content);
        assertThat(new Environment(Map.of(), file).find("STORE_ID")).contains("acme-widgets");
    }

    @Test
    void theEnvironmentTakesPrecedenceOverTheFile() throws IOException {
        var file = Files.writeString(folder.resolve(".env"), "STORE_ID=acme-widgets");
        assertThat(new Environment(Map.of("STORE_ID", "1-206-flowers"), file).find("STORE_ID"))
                .contains("1-206-flowers");
    }

    @Test
    void withoutBothThereIsNoName() throws IOException {
        assertThat(new Environment(Map.of(), folder.resolve(".env")).find("STORE_ID"))
                .isEmpty();
        assertThat(new Environment(Map.of(), Files.writeString(folder.resolve(".env"), "STORE_ID=\n")).find("STORE_ID"))
                .isEmpty();
    }
}
