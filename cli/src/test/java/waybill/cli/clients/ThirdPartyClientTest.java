package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.cli.Proxy;

/// Every client, over every transport, directly and through every proxy.
class ThirdPartyClientTest {

    private static final List<String> DEFAULT = List.of();
    private static final List<String> WEBSOCKET = List.of("websocket");
    private static final List<String> POLLING = List.of("polling");

    @TempDir
    private static Path folder = Path.of("");

    private static SecuredHub hub;

    @BeforeAll
    static void startHub() throws IOException, InterruptedException {
        hub = SecuredHub.start(folder, "--trusted-proxy", "127.0.0.1");
    }

    @AfterAll
    static void stopHub() {
        hub.close();
    }

    static Stream<Arguments> clientsAndTransports() {
        return Stream.of(ThirdPartyClient.values())
                .flatMap(client ->
                        Stream.of(DEFAULT, WEBSOCKET, POLLING).map(transports -> Arguments.of(client, transports)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clientsAndTransports")
    void ordersOfAnySizeArriveCompleteDirectly(ThirdPartyClient client, List<String> transports)
            throws IOException, InterruptedException {
        exchange(client, "direct", hub.url(), transports);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clientsAndTransports")
    void ordersOfAnySizeArriveCompleteThroughNginx(ThirdPartyClient client, List<String> transports)
            throws IOException, InterruptedException {
        try (var nginx = Proxy.nginx(hub.port(), folder.resolve("nginx-" + client + transports.hashCode()))) {
            exchange(client, "nginx", nginx.url(), transports);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clientsAndTransports")
    void ordersOfAnySizeArriveCompleteThroughHaproxy(ThirdPartyClient client, List<String> transports)
            throws IOException, InterruptedException {
        try (var haproxy = Proxy.haproxy(hub.port(), folder.resolve("haproxy-" + client + transports.hashCode()))) {
            exchange(client, "haproxy", haproxy.url(), transports);
        }
    }

    private static void exchange(ThirdPartyClient client, String way, URI url, List<String> transports)
            throws IOException, InterruptedException {
        var store = (client + "-" + way + '-' + String.join("", transports)).toLowerCase(java.util.Locale.ROOT);
        var settings = hub.settings(url, store, transports);
        var result = client.exchange(settings, folder);
        var expected = transports.equals(POLLING) ? "polling" : "websocket";
        assertThat(result.optString("transport")).as("%s", result).isEqualTo(expected + ',' + expected);
        assertThat(result.getJSONArray("sizes").similar(settings.getJSONArray("sizes")))
                .isTrue();
    }
}
