package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

/// `docs/clients.md` lists the clients that are tested, and their versions.
class DocumentedClientsTest {

    @Test
    void thePageListsEachClientOnce() throws IOException {
        var page = Files.readString(Path.of("../docs/clients.md"));
        for (var client : ThirdPartyClient.values()) {
            assertThat(page).containsOnlyOnce("\n| " + client.title() + " | ");
        }
        assertThat(page.lines().filter(line -> line.startsWith("| ")).count())
                .isEqualTo(ThirdPartyClient.values().length + 1L);
    }

    @Test
    void thePageNamesTheVersionsOfTheBuild() throws IOException {
        var page = Files.readString(Path.of("../docs/clients.md"));
        var lock = new JSONObject(Files.readString(Path.of("src/test/js/package-lock.json")));
        var npm = lock.getJSONObject("packages")
                .getJSONObject("node_modules/socket.io-client")
                .getString("version");
        assertThat(page).contains("| " + npm + " on Node.js", "| " + npm + " on Chromium");
        var pom = Files.readString(Path.of("../pom.xml"));
        assertThat(page)
                .contains("socket.io-client " + version(pom, "socket.io-client") + ", OkHttp 3")
                .contains("OkHttp " + version(pom, "okhttp4") + ", as in Android apps");
    }

    private static String version(String pom, String name) {
        var start = pom.indexOf('<' + name + ".version>") + name.length() + ".version>".length() + 1;
        return pom.substring(start, pom.indexOf('<', start));
    }
}
