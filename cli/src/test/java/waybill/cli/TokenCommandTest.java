package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Revocations;
import waybill.server.identity.TokenVerifier;
import waybill.server.identity.Verification.Verified;

/// `waybill token`, and a hub that accepts its tokens.
class TokenCommandTest {

    private static final Path PAGE = Path.of("../docs/identity.md");
    private static final Pattern COMMAND = Pattern.compile("^\\./waybill (token .*)$", Pattern.MULTILINE);

    @TempDir
    private Path data = Path.of("");

    @Test
    void theDocumentedTokensAreAcceptedInDevelopment() throws IOException, InterruptedException {
        var principals = new ArrayList<String>();
        for (var command : COMMAND.matcher(Files.readString(PAGE)).results().toList()) {
            var principal = inDevelopment(printed((command.group(1) + " --data " + data).split(" ")));
            principals.add(principal.role().wireName() + " " + principal.id());
        }
        assertThat(principals).containsExactly("driver kari", "merchant ann", "admin root");
    }

    @Test
    void aSecuredHubAcceptsATokenOfItsSecret() throws IOException, InterruptedException {
        var secret = Files.writeString(data.resolve("secret"), "thirty-two bytes of a secret for tests\n");
        var file = secret.toString();
        try (var hub = HubProcess.start(0, data, "--jwt-secret-file", file, "--issuer", "me")) {
            hub.program().line("^Secured mode: clients need a token\\.$");
            assertThat(status(hub.url(), "")).isEqualTo(401);
            var token = printed("token", "--user", "root", "--role", "admin", "--jwt-secret-file", file);
            assertThat(status(hub.url(), token)).isEqualTo(401);
            token = printed("token", "--user", "root", "--role", "admin", "--jwt-secret-file", file, "--issuer", "me");
            assertThat(status(hub.url(), token)).isEqualTo(200);
            assertThat(hub.program().lines()).noneMatch(line -> line.contains("thirty-two"));
        }
    }

    @Test
    void errorsNameTheWrongOption() throws IOException, InterruptedException {
        assertThat(errorOutput("token", "--user", "u", "--role", "boss"))
                .isEqualTo("waybill: role: boss (expected: customer, merchant, driver, admin, support or service)");
        assertThat(errorOutput("token", "--user", "u", "--role", "driver", "--store", "s"))
                .isEqualTo("waybill: store: s (expected: one for a merchant, none else)");
        assertThat(errorOutput("token", "--user", "u", "--role", "admin", "--expires", "9000h"))
                .isEqualTo("waybill: expiresInSeconds: 32400000 (expected: 1..31622400)");
        assertThat(errorOutput("token", "--user", "u", "--role", "admin", "--data", data + "/none"))
                .startsWith("waybill: data: there is no " + data + "/none (expected: the data directory of a hub");
        var weak = Files.writeString(data.resolve("weak"), "too-short\n").toString();
        assertThat(errorOutput("serve", "--jwt-secret-file", weak))
                .isEqualTo("waybill: jwt-secret: 9 bytes (expected: at least 32)");
        assertThat(errorOutput("serve", "--jwt-secret-file", data + "/none"))
                .startsWith("waybill: jwt-secret-file: " + data + "/none cannot be read");
        assertThat(errorOutput("serve", "--host", "0.0.0.0", "--data", data.toString()))
                .startsWith("waybill: host: 0.0.0.0 (expected: a loopback address")
                .contains("WAYBILL_JWT_SECRET");
        assertThat(errorOutput("serve", "--issuer", "me")).startsWith("waybill: issuer, audience, claim names: given");
        assertThat(errorOutput("serve", "--jwks-url", "http://id.example/keys")).startsWith("waybill: jwks-url: http");
        assertThat(errorOutput("serve", "--jwks-url", "https://id.example/keys"))
                .startsWith("waybill: jwks-url: given without an audience (expected: --audience AUD");
    }

    private static String errorOutput(String... arguments) throws InterruptedException {
        try (var program = ProgramProcess.waybill(arguments)) {
            assertThat(program.awaitExit()).isEqualTo(2);
            return program.lines().getFirst();
        }
    }

    private static String printed(String... arguments) throws InterruptedException {
        try (var program = ProgramProcess.waybill(arguments)) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.lines()).hasSize(1);
            return program.lines().getFirst();
        }
    }

    private Principal inDevelopment(String token) {
        try (var tokenVerifier = TokenVerifier.start(
                IdentityConfig.development(),
                data,
                Revocations.inMemory(),
                InstantSource.system(),
                new SecureRandom())) {
            var verification = tokenVerifier
                    .verify(Optional.of(token))
                    .toCompletableFuture()
                    .join();
            assertThat(verification).isInstanceOf(Verified.class);
            return ((Verified) verification).principal();
        }
    }

    private static int status(URI hub, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(hub.resolve("/api/v1/log"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
