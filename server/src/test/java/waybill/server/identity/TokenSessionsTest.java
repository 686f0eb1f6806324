package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.server.identity.TokenSessions.Due.Expired;
import waybill.server.identity.TokenSessions.Due.Expiring;
import waybill.server.identity.Verification.Verified;

class TokenSessionsTest {

    private static final Instant NOON = ManualClock.NOON;

    private final TokenSessions<String> sessions = new TokenSessions<>();

    @Test
    void aClientIsWarnedAMinuteBeforeAndGoesWithItsToken() {
        sessions.add("s1", kari(NOON.plusSeconds(600)), NOON);
        assertThat(sessions.due(NOON.plusSeconds(540).minusMillis(1))).isEmpty();
        assertThat(sessions.due(NOON.plusSeconds(540))).containsExactly(new Expiring<>("s1", 60));
        assertThat(sessions.due(NOON.plusSeconds(600).minusMillis(1))).isEmpty();
        assertThat(sessions.due(NOON.plusSeconds(600))).containsExactly(new Expired<>("s1"));
        assertThat(sessions.due(NOON.plusSeconds(6_000))).isEmpty();
    }

    @Test
    void aTokenWithLessThanAMinuteIsWarnedAtOnce() {
        sessions.add("s1", kari(NOON.plusSeconds(10)), NOON);
        assertThat(sessions.due(NOON.plusMillis(500))).containsExactly(new Expiring<>("s1", 10));
        assertThat(sessions.due(NOON.plusSeconds(10))).containsExactly(new Expired<>("s1"));
    }

    @Test
    void anExpiredTokenWithinTheSkewLastsUntilItsEnd() {
        sessions.add("s1", kari(NOON), NOON.plusSeconds(5));
        assertThat(sessions.due(NOON.plusSeconds(5))).containsExactly(new Expiring<>("s1", 25));
        assertThat(sessions.due(NOON.plusSeconds(30))).containsExactly(new Expired<>("s1"));
    }

    @Test
    void aLateLookAtTheClockWarnsOfNothing() {
        sessions.add("s1", kari(NOON.plusSeconds(600)), NOON);
        assertThat(sessions.due(NOON.plusSeconds(601))).containsExactly(new Expired<>("s1"));
    }

    @Test
    void aTokenThatNeverExpiresIsNeverDue() {
        sessions.add("s1", kari(null), NOON);
        assertThat(sessions.due(NOON.plus(Duration.ofDays(10_000)))).isEmpty();
    }

    @Test
    void anotherTokenOfTheSamePersonBeginsAnew() {
        sessions.add("s1", kari(NOON.plusSeconds(60)), NOON);
        assertThat(sessions.due(NOON)).containsExactly(new Expiring<>("s1", 60));
        assertThat(sessions.renew("s1", kari(NOON.plusSeconds(600)), NOON.plusSeconds(30)))
                .isEmpty();
        assertThat(sessions.due(NOON.plusSeconds(539))).isEmpty();
        assertThat(sessions.due(NOON.plusSeconds(540))).containsExactly(new Expiring<>("s1", 60));
        assertThat(sessions.renew("s1", kari(null), NOON.plusSeconds(541))).isEmpty();
        assertThat(sessions.due(NOON.plusSeconds(6_000))).isEmpty();
    }

    @Test
    void aSessionMayNotChangeItsUser() {
        sessions.add("s1", kari(NOON.plusSeconds(60)), NOON);
        var ola = verified(new Principal("ola", Role.DRIVER, null, null, null), null);
        var boss = verified(new Principal("kari", Role.ADMIN, null, null, null), null);
        assertThat(sessions.renew("s1", ola, NOON)).hasValue("token: of driver ola (expected: of driver kari)");
        assertThat(sessions.renew("s1", boss, NOON)).hasValue("token: of admin kari (expected: of driver kari)");
        sessions.add("s2", verified(new Principal("acme", Role.MERCHANT, null, null, "acme"), null), NOON);
        assertThat(sessions.renew("s2", verified(new Principal("acme", Role.MERCHANT, null, null, "else"), null), NOON))
                .hasValue("token: of merchant acme of else (expected: of merchant acme of acme)");
        assertThat(sessions.due(NOON.plusSeconds(60))).containsExactly(new Expired<>("s1"));
    }

    @Test
    void aDisconnectedSocketIsRemoved() {
        sessions.add("s1", kari(NOON.plusSeconds(600)), NOON);
        sessions.add("s2", kari(NOON.plusSeconds(600)), NOON);
        sessions.remove("s1");
        sessions.remove("s1");
        assertThat(sessions.socketsOf(new UserId(Role.DRIVER, "kari"), _ -> true))
                .containsExactly("s2");
        assertThat(sessions.due(NOON.plusSeconds(540))).containsExactly(new Expiring<>("s2", 60));
        sessions.remove("s2");
        assertThat(sessions.socketsOf(new UserId(Role.DRIVER, "kari"), _ -> true))
                .isEmpty();
        assertThat(sessions.due(NOON.plusSeconds(600))).isEmpty();
        assertThat(sessions.renew("s2", kari(null), NOON))
                .hasValueSatisfying(why -> assertThat(why).startsWith("token: too late"));
    }

    @Test
    void tokensAreShownNoFasterThanOneInASecond() {
        sessions.add("s1", kari(null), NOON);
        assertThat(sessions.refreshWait("s1", NOON)).isZero();
        assertThat(sessions.refreshWait("s1", NOON.plusMillis(400))).isEqualTo(Duration.ofMillis(600));
        assertThat(sessions.refreshWait("s1", NOON.plusMillis(1_000))).isZero();
    }

    private static Verified kari(@Nullable Instant expiresAt) {
        return verified(new Principal("kari", Role.DRIVER, null, null, null), expiresAt);
    }

    private static Verified verified(Principal principal, @Nullable Instant expiresAt) {
        return new Verified(principal, NOON, expiresAt);
    }
}
