package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import waybill.server.identity.IdentityConfig;

class IdentityOptionsTest {

    private static final String SECRET = "thirty-two bytes of a secret for tests";

    @ParameterizedTest
    @ValueSource(strings = {"WAYBILL_JWT_SECRET", "WAYBILL_JWKS_URL", "WAYBILL_JWT_ISSUER", "WAYBILL_JWT_AUDIENCE"})
    void aBlankVariableIsAnError(String name) {
        for (var blank : new String[] {"", " ", "\n"}) {
            assertThatThrownBy(() -> config(Map.of(name, blank)))
                    .hasMessage(name + ": blank (expected: a value, or not to be set)");
        }
        assertThat(config(Map.of()).isDevelopment()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--issuer", "--audience", "--jwks-url"})
    void aBlankOptionIsAnError(String option) {
        assertThatThrownBy(() -> config(Map.of("WAYBILL_JWT_SECRET", SECRET), option, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileWithoutASecretIsAnError(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("secret"), "\n");
        assertThatThrownBy(() -> config(Map.of(), "--jwt-secret-file", file.toString()))
                .hasMessage("jwt-secret: 0 bytes (expected: at least 32)");
        assertThatThrownBy(() -> config(Map.of(), "--jwt-secret-file", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "http://id.example/shop", "ftp://id.example", "https:/ /"})
    void usersSignInAtAnIssuerWithAUrlAlone(String issuer) {
        var environment = Map.of("WAYBILL_JWT_SECRET", SECRET);
        assertThatThrownBy(() -> config(environment, "--issuer", issuer, "--sign-in-client-id", "dashboard"))
                .hasMessage("sign-in-client-id: given, issuer: " + issuer
                        + " (expected: the https URL of the provider at which users sign in)");
        assertThatThrownBy(() -> config(environment, "--sign-in-client-id", "dashboard"))
                .hasMessageContaining("issuer: none");
        var config = config(environment, "--issuer", "https://id.example/shop", "--sign-in-client-id", "dashboard");
        assertThat(config.pagesClientId()).contains("dashboard");
    }

    @Test
    void proxiesAreTrustedByName() {
        var config = config(
                Map.of("WAYBILL_JWT_SECRET", SECRET),
                "--trusted-proxy",
                "10.0.0.0/8",
                "--trusted-proxy",
                "::1",
                "--proxy-protocol");
        assertThat(config.proxies().trusts(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(config.proxies().trusts(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(config.proxies().trusts(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
        assertThat(config.proxies().proxyProtocol()).isTrue();
        assertThatThrownBy(() -> config(Map.of(), "--trusted-proxy", "nginx"))
                .hasMessageStartingWith("trusted-proxy: nginx");
    }

    @Test
    void aProviderNeedsAnAudience() {
        var url = "https://id.example/keys";
        assertThatThrownBy(() -> config(Map.of(), "--jwks-url", url))
                .hasMessageStartingWith("jwks-url: given without an audience (expected: --audience AUD")
                .hasMessageContaining("--any-audience");
        assertThatThrownBy(() -> config(Map.of("WAYBILL_JWKS_URL", url)))
                .hasMessageStartingWith("jwks-url: given without an audience");
        assertThat(config(Map.of("WAYBILL_JWT_AUDIENCE", "waybill"), "--jwks-url", url)
                        .audience())
                .contains("waybill");
        assertThat(config(Map.of(), "--jwks-url", url, "--audience", "waybill").audience())
                .contains("waybill");
        assertThat(config(Map.of(), "--jwks-url", url, "--any-audience").audience())
                .isEmpty();
    }

    @Test
    void anyAudienceRequiresAProviderWithoutAnAudience() {
        var complaint = "any-audience: given (expected: together with --jwks-url, and without an audience)";
        assertThatThrownBy(() -> config(Map.of("WAYBILL_JWT_SECRET", SECRET), "--any-audience"))
                .hasMessage(complaint);
        assertThatThrownBy(() -> config(
                        Map.of("WAYBILL_JWT_AUDIENCE", "waybill"),
                        "--jwks-url",
                        "https://id.example/keys",
                        "--any-audience"))
                .hasMessage(complaint);
    }

    private static IdentityConfig config(Map<String, String> environment, String... arguments) {
        var options = new IdentityOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.config(environment);
    }
}
