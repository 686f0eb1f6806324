package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;

/// What a verified token must claim, and how the hub reads it.
class TokenClaimsTest extends TokenScenario {

    @Test
    void claimsMayStandElsewhere() {
        var names = new ClaimNames(
                "uid", "realm_access.roles|roles.0|role", "profile.name", "phone", "tenant", "mail", "locale");
        var tokenVerifier = start(shared().withClaims(names));
        var nested = signed(claims -> claims.claim("uid", 17)
                .claim("realm_access", Map.of("roles", List.of("offline_access", "Vendor", "admin")))
                .claim("profile", Map.of("name", "Acme"))
                .claim("tenant", "acme-widgets"));
        assertThat(principal(tokenVerifier, nested))
                .isEqualTo(new Principal("17", Role.MERCHANT, "Acme", null, "acme-widgets"));
        var listed = signed(claims -> claims.claim("uid", "u").claim("roles", List.of("support", "admin")));
        assertThat(principal(tokenVerifier, listed)).isEqualTo(new Principal("u", Role.SUPPORT, null, null, null));
        var namespaced = start(shared().withClaims(
                        new ClaimNames("sub", "https://id.example/role", "n", "p", "s", "email", "locale")));
        assertThat(principal(namespaced, signed(claims -> claims.claim("https://id.example/role", "delivery"))))
                .isEqualTo(new Principal("kari", Role.DRIVER, null, null, null));
    }

    @Test
    void aMerchantWithoutAStoreIsItsOwn() {
        var merchant = signed(claims -> claims.subject("acme").claim("role", "chef"));
        assertThat(principal(identity(), merchant)).isEqualTo(new Principal("acme", Role.MERCHANT, null, null, "acme"));
        var driver = signed(claims -> claims.claim("store", "acme"));
        assertThat(principal(identity(), driver).store()).isEmpty();
    }

    @Test
    void whatATokenLacksIsNamed() {
        assertThat(rejection(signed(claims -> claims.subject(null)))).isEqualTo("sub: missing (expected: text)");
        assertThat(rejection(signed(claims -> claims.subject("x".repeat(201)))))
                .isEqualTo("sub: 201 characters (expected: 1..200)");
        assertThat(rejection(signed(claims -> claims.claim("role", null))))
                .isEqualTo("role: missing (expected: customer, merchant, driver, admin, support or service)");
        assertThat(rejection(signed(claims -> claims.claim("role", "boss"))))
                .isEqualTo("role: boss (expected: customer, merchant, driver, admin, support or service)");
        assertThat(rejection(signed(claims -> claims.claim("role", List.of("boss", 7)))))
                .startsWith("role: [boss, 7] (expected: customer");
        assertThat(rejection(signed(claims -> claims.claim("name", Map.of("first", "Kari")))))
                .isEqualTo("name: neither text nor a whole number (expected: one of them)");
        assertThat(rejection(signed(claims -> claims.claim("exp", "tomorrow"))))
                .isEqualTo("exp: not a number (expected: seconds since 1970)");
        assertThat(rejection(raw("{\"sub\":\"u\",\"role\":\"driver\",\"iss\":7}")))
                .isEqualTo("iss: not text (expected: text)");
        assertThat(rejection(raw("{\"sub\":\"u\",\"role\":\"driver\",\"aud\":[\"hub\",7]}")))
                .isEqualTo("aud: not text (expected: text)");
        for (var claims : List.of("null", "[]", "{} {}", "{\"sub\":\"a\",\"sub\":\"b\",\"role\":\"driver\"}")) {
            assertThat(rejection(raw(claims))).as(claims).startsWith("token: its claims cannot be read");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "17, 17",
        "9007199254740993, 9007199254740993",
        "9223372036854775808, 9223372036854775808",
        "9223372036854775809, 9223372036854775809",
        "12345678901234567890123, 12345678901234567890123",
        "-1, -1"
    })
    void aNumericIdKeepsItsDigits(String number, String id) {
        assertThat(principal(identity(), raw("{\"sub\":" + number + ",\"role\":\"driver\"}"))
                        .id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.5", "17.0", "1e2", "1E400", "true", "[17]", "{}"})
    void anIdIsTextOrAWholeNumber(String nonsense) {
        assertThat(rejection(raw("{\"sub\":" + nonsense + ",\"role\":\"driver\"}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iat"})
    void timesAreSecondsAndNotMilliseconds(String name) {
        for (var time : List.of("1769860800123", "100000000000", "9e18", "9223372036854775807", "1e400", "-1")) {
            assertThat(rejection(raw("{\"sub\":\"u\",\"role\":\"driver\",\"" + name + "\":" + time + "}")))
                    .as(name + " " + time)
                    .matches("(?s)(" + name + ": .*expected: seconds since 1970; milliseconds.*"
                            + "|token: its claims cannot be read.*)");
        }
    }

    @Test
    void aTimeMayHaveAFraction() {
        var soon = ManualClock.NOON.getEpochSecond() + 1 + ".5";
        var token = raw("{\"sub\":\"u\",\"role\":\"driver\",\"exp\":" + soon + "}");
        assertThat(((Verified) verified(identity(), Optional.of(token))).expiresAt())
                .contains(ManualClock.NOON.plusMillis(1_500));
    }

    @Test
    void aTokenMayBeRequiredToExpire() {
        var strict = start(shared().withRequireExpiry(true));
        assertThat(verified(strict, Optional.of(signed(UnaryOperator.identity()))))
                .isEqualTo(Rejected.unauthenticated("exp: missing (expected: when the token expires)"));
        var expiring = signed(claims -> claims.expirationTime(Date.from(ManualClock.NOON.plusSeconds(60))));
        assertThat(verified(strict, Optional.of(expiring))).isInstanceOf(Verified.class);
    }
}
