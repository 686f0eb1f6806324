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
import waybill.server.identity.Verification.Known;

class DevelopmentSecretTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final MadeUpTime time = new MadeUpTime();

    @Test
    void tokensOutliveARestart() {
        var kari = new Principal("kari", Role.DRIVER, null, null, null);
        var token = start(data).issuer().orElseThrow().issue(new Grant(kari, Duration.ofHours(1)));
        assertThat(start(data).verify(Optional.of(token)).toCompletableFuture().join())
                .isInstanceOfSatisfying(
                        Known.class, known -> assertThat(known.principal()).isEqualTo(kari));
        assertThat(start(data.resolve("another"))
                        .verify(Optional.of(token))
                        .toCompletableFuture()
                        .join())
                .isNotInstanceOf(Known.class);
    }

    @Test
    void theSecretIsItsOwnersAlone() throws IOException {
        DevelopmentSecret.in(data, new SecureRandom());
        var file = data.resolve(DevelopmentSecret.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> DevelopmentSecret.in(data, new SecureRandom()))
                .hasMessageContaining("development.secret: rw-r----- (expected: rw-------");
    }

    @Test
    void aSpoiledSecretIsSaidSo() throws IOException {
        DevelopmentSecret.in(data, new SecureRandom());
        Files.writeString(data.resolve(DevelopmentSecret.FILE), "short");
        assertThatThrownBy(() -> DevelopmentSecret.in(data, new SecureRandom()))
                .hasMessageContaining("development.secret: no secret in it");
    }

    private Identity start(Path directory) {
        return Identity.start(
                IdentityConfig.development(), directory, Revocations.inMemory(), time, new SecureRandom());
    }
}
