package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A hub with `--compression`, and the clients that offer it: npm socket.io-client on npm ws, and on Chromium.
class CompressionTest {

    private static final List<String> WEBSOCKET = List.of("websocket");
    private static final List<String> DEFAULT = List.of();

    @TempDir
    private static Path folder = Path.of("");

    private static SecuredHub hub;

    @BeforeAll
    static void startHub() throws IOException, InterruptedException {
        hub = SecuredHub.start(folder, "--compression");
    }

    @AfterAll
    static void stopHub() {
        hub.close();
    }

    static Stream<Arguments> clientsAndTransports() {
        return Stream.of(ThirdPartyClient.NODE, ThirdPartyClient.CHROMIUM)
                .flatMap(client -> Stream.of(WEBSOCKET, DEFAULT).map(transports -> Arguments.of(client, transports)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clientsAndTransports")
    void ordersOfAnySizeArriveCompleteWithCompression(ThirdPartyClient client, List<String> transports)
            throws IOException, InterruptedException {
        var store = ("deflated-" + client + '-' + String.join("", transports)).toLowerCase(Locale.ROOT);
        var settings = hub.settings(hub.url(), store, transports);
        var result = client.exchange(settings, folder);
        assertThat(result.optString("transport")).as("%s", result).isEqualTo("websocket,websocket");
        assertThat(result.optString("extensions").split("permessage-deflate", -1))
                .as("%s", result)
                .hasSize(3);
        assertThat(result.getJSONArray("sizes").similar(settings.getJSONArray("sizes")))
                .isTrue();
    }
}
