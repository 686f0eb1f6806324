package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;

class InMemoryUserSocketsTest {

    private static final UserId ANNA = new UserId(Role.CUSTOMER, "anna");
    private static final UserId BEN = new UserId(Role.CUSTOMER, "ben");

    private final UserSockets sockets = new InMemoryUserSockets();

    @Test
    void aUserHasAtMostAsManySocketsAsTheLimit() {
        assertThat(sockets.add(ANNA, 2)).isTrue();
        assertThat(sockets.add(ANNA, 2)).isTrue();
        assertThat(sockets.add(ANNA, 2)).isFalse();
        assertThat(sockets.count(ANNA)).isEqualTo(2);
        assertThat(sockets.add(BEN, 2)).isTrue();
        sockets.remove(ANNA);
        assertThat(sockets.add(ANNA, 2)).isTrue();
    }

    @Test
    void zeroIsNoLimit() {
        for (var i = 0; i < 10; i++) {
            assertThat(sockets.add(ANNA, 0)).isTrue();
        }
    }

    @Test
    void aUserWithoutASocketIsNotListed() {
        sockets.add(ANNA, 0);
        sockets.add(BEN, 0);
        sockets.remove(ANNA);
        sockets.remove(ANNA);
        assertThat(sockets.users()).isEqualTo(1);
        assertThat(sockets.userIds(10)).containsExactly("ben");
        assertThat(sockets.count(ANNA)).isZero();
    }
}
