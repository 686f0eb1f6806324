package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "::"})
    void aHubInDevelopmentModeListensOnLoopbackOnly(String host) {
        assertThatThrownBy(() -> WaybillServer.start(Config.defaults(data).withHost(host)))
                .hasMessageContaining("host: " + host + " (expected: a loopback address such as 127.0.0.1")
                .hasMessageContaining("WAYBILL_JWT_SECRET, --jwt-secret-file or --jwks-url");
        assertThat(data).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void thisMachineHasSeveralNames(String host) {
        assertThatCode(() -> Config.defaults(data).withHost(host).requireSafeAddress())
                .doesNotThrowAnyException();
    }

    @Test
    void invalidValuesAreRejected() {
        var config = Config.defaults(data);
        assertThatThrownBy(() -> config.withPorts(List.of())).hasMessage("port: none (expected: at least one)");
        assertThatThrownBy(() -> config.withPorts(List.of(70_000))).hasMessage("port: 70000 (expected: 0..65535)");
        assertThatThrownBy(() -> config.withLoops(0)).hasMessageContaining("expected: at least 1");
    }

    @Test
    void aPortInUseIsReportedAndTheDataIsReleased() {
        try (var hub = WaybillServer.start(Config.defaults(data.resolve("one")).withPorts(List.of(0)))) {
            var taken = List.of(hub.addresses().getFirst().getPort());
            var second = Config.defaults(data.resolve("two")).withPorts(taken);
            assertThatThrownBy(() -> WaybillServer.start(second))
                    .hasMessageContaining("port " + taken.getFirst() + " of 127.0.0.1 is in use");
        }
        WaybillServer.start(Config.defaults(data.resolve("two")).withPorts(List.of(0)))
                .close();
    }

    @Test
    void pagesOfThisMachineAndOfTheListMayConnect() {
        var origins = new OriginAllowlist(Set.of("https://shop.example"));
        assertThat(List.of("http://localhost:3000", "http://127.0.0.1", "http://[::1]:8080", "https://shop.example"))
                .allMatch(origins);
        assertThat(List.of(
                        "https://evil.example",
                        "http://localhost.evil.example",
                        "null",
                        "::",
                        "https://shop.example.evil"))
                .noneMatch(origins);
    }

    @Test
    void anOriginOfTheListMayHaveAnySubdomainAndASlashAtItsEnd() {
        var origins =
                new OriginAllowlist(Set.of("https://*.shop.example", "HTTPS://Till.Example:443/", "http://[::2]:80"));
        assertThat(List.of(
                        "https://www.shop.example", "https://a.b.shop.example", "https://till.example", "http://[::2]"))
                .allMatch(origins);
        assertThat(List.of(
                        "https://shop.example",
                        "http://www.shop.example",
                        "https://www.shop.example:8443",
                        "https://evilshop.example",
                        "https://evil.example/.shop.example",
                        "https://.shop.example",
                        "http://till.example"))
                .noneMatch(origins);
        assertThat(new OriginAllowlist(Set.of("*")).test("https://any.example")).isTrue();
    }

    @Test
    void theHubsOwnOriginMayConnect() {
        var origins = new OriginAllowlist(Set.of());
        assertThat(origins.allows("https://hub.example", "hub.example")).isTrue();
        assertThat(origins.allows("http://10.0.2.2:9001", "10.0.2.2:9001")).isTrue();
        assertThat(origins.allows("https://evil.example", "hub.example")).isFalse();
        assertThat(origins.allows("http://10.0.2.2:3000", "10.0.2.2:9001")).isFalse();
    }

    @Test
    void anInvalidOriginIsRejectedAtTheStart() {
        for (var wrong : List.of(
                "shop.example",
                "https://shop.example/app",
                "https://*",
                "https://a.*.example",
                "null",
                "",
                "*.example")) {
            assertThatThrownBy(() -> Config.defaults(data).withOrigins(Set.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("origin: " + wrong + " (expected: ");
        }
    }
}
