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

class StoreIdTest {

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
        assertThat(StoreId.from(Map.of(), file)).contains("acme-widgets");
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        var file = Files.writeString(folder.resolve(".env"), "STORE_ID=acme-widgets");
        assertThat(StoreId.from(Map.of("STORE_ID", "1-206-flowers"), file)).contains("1-206-flowers");
    }

    @Test
    void withoutBothThereIsNoName() throws IOException {
        assertThat(StoreId.from(Map.of(), folder.resolve(".env"))).isEmpty();
        assertThat(StoreId.from(Map.of(), Files.writeString(folder.resolve(".env"), "STORE_ID=\n")))
                .isEmpty();
    }
}
