package waybill.server.adminui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    /// "changeit", as the documentation of `@socket.io/admin-ui` has it.
    private static final String CHANGE_IT = "$2b$10$heqvAkYMez.Va6Et2uXInOnkCT6/uQj1brkrbyG3LpopDklcq7ZOS";

    @ParameterizedTest
    @ValueSource(strings = {"$2a", "$2b", "$2y"})
    void hashesOfOtherProgramsAreUnderstood(String version) {
        var hash = PasswordHash.parse(CHANGE_IT.replace("$2b", version) + "\n");
        assertThat(hash.matches("changeit")).isTrue();
        assertThat(hash.matches("changeIt")).isFalse();
        assertThat(hash.matches("")).isFalse();
        assertThat(hash.toString()).doesNotContain("$2");
    }

    @Test
    void aPasswordIsHashedWithASaltOfItsOwn() {
        var random = new SecureRandom();
        var one = PasswordHash.of("correct horse å", random);
        assertThat(one.text())
                .startsWith("$2b$12$")
                .isNotEqualTo(PasswordHash.of("correct horse å", random).text());
        assertThat(PasswordHash.parse(one.text()).matches("correct horse å")).isTrue();
    }

    /// Bcrypt itself would ignore what is behind its 72 bytes.
    @Test
    void aPasswordIsNeitherTooShortNorLongerThanBcryptLooksAt() {
        var random = new SecureRandom();
        assertThatThrownBy(() -> PasswordHash.of("1234567", random))
                .hasMessage("password: 7 characters, 7 bytes (expected: at least 8 characters, and at most 72 bytes)");
        assertThatThrownBy(() -> PasswordHash.of("å".repeat(37), random)).hasMessageContaining("74 bytes");
        var longest = PasswordHash.of("x".repeat(72), random);
        assertThat(longest.matches("x".repeat(72))).isTrue();
        assertThat(longest.matches("x".repeat(73))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "changeit",
                "$1$salt$hash",
                "$2b$10$tooShort",
                "$2x$10$heqvAkYMez.Va6Et2uXInOnkCT6/uQj1brkrbyG3LpopDklcq7ZOS"
            })
    void anythingElseIsRejected(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .hasMessageStartingWith("admin-ui-password-hash: not a hash of bcrypt (expected: $2b$12$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "09", "17", "31"})
    void aCostIsNeitherTooLowToProtectNorTooHighToVerify(String cost) {
        assertThatThrownBy(() -> PasswordHash.parse(CHANGE_IT.replace("$10$", "$" + cost + "$")))
                .hasMessage("admin-ui-password-hash: cost " + Integer.parseInt(cost) + " (expected: 10..16)");
    }
}
