package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Verification.Verified;

class DevelopmentSecretTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final ManualClock time = new ManualClock();

    @Test
    void tokensOutliveARestart() {
        var kari = new Principal("kari", Role.DRIVER, null, null, null);
        var token = start(data).issuer().orElseThrow().issue(new Grant(kari, Duration.ofHours(1)));
        assertThat(start(data).verify(Optional.of(token)).toCompletableFuture().join())
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.principal()).isEqualTo(kari));
        assertThat(start(data.resolve("another"))
                        .verify(Optional.of(token))
                        .toCompletableFuture()
                        .join())
                .isNotInstanceOf(Verified.class);
    }

    @Test
    void theSecretIsItsOwnersAlone() throws IOException {
        DevelopmentSecret.loadOrCreate(data, new SecureRandom());
        var file = data.resolve(DevelopmentSecret.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> DevelopmentSecret.loadOrCreate(data, new SecureRandom()))
                .hasMessageContaining("development.secret: rw-r----- (expected: rw-------");
    }

    @Test
    void anInvalidSecretFileIsReported() throws IOException {
        DevelopmentSecret.loadOrCreate(data, new SecureRandom());
        Files.writeString(data.resolve(DevelopmentSecret.FILE), "short");
        assertThatThrownBy(() -> DevelopmentSecret.loadOrCreate(data, new SecureRandom()))
                .hasMessageContaining("development.secret: no secret in it");
    }

    private TokenVerifier start(Path directory) {
        return TokenVerifier.start(
                IdentityConfig.development(), directory, Revocations.inMemory(), time, new SecureRandom());
    }
}
