package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;

/// What every implementation of [UserSockets] does, as two nodes see it.
public interface UserSocketsContract {

    UserId ANNA = new UserId(Role.CUSTOMER, "anna");
    UserId BEN = new UserId(Role.CUSTOMER, "ben");

    /// The port of a node.
    UserSockets here();

    /// The same of another node.
    UserSockets there();

    /// What one node has done is known to the other.
    void settle();

    @Test
    default void aUserHasAtMostAsManySocketsAsTheLimit() {
        assertThat(here().add(ANNA, 2)).isTrue();
        assertThat(here().add(ANNA, 2)).isTrue();
        assertThat(here().add(ANNA, 2)).isFalse();
        assertThat(here().count(ANNA)).isEqualTo(2);
        assertThat(here().add(BEN, 2)).isTrue();
        here().remove(ANNA);
        assertThat(here().add(ANNA, 2)).isTrue();
    }

    @Test
    default void theLimitHoldsForAllNodesTogether() {
        assertThat(here().add(ANNA, 2)).isTrue();
        assertThat(there().add(ANNA, 2)).isTrue();
        settle();
        assertThat(here().count(ANNA)).isEqualTo(2);
        assertThat(here().add(ANNA, 2)).isFalse();
        assertThat(there().add(ANNA, 2)).isFalse();
        there().remove(ANNA);
        settle();
        assertThat(here().add(ANNA, 2)).isTrue();
    }

    @Test
    default void zeroIsNoLimit() {
        for (var i = 0; i < 10; i++) {
            assertThat(here().add(ANNA, 0)).isTrue();
        }
    }

    @Test
    default void aUserWithoutASocketIsNotListed() {
        here().add(ANNA, 0);
        here().add(BEN, 0);
        here().remove(ANNA);
        here().remove(ANNA);
        settle();
        for (var node : new UserSockets[] {here(), there()}) {
            assertThat(node.users()).isEqualTo(1);
            assertThat(node.userIds(10)).containsExactly("ben");
            assertThat(node.count(ANNA)).isZero();
        }
    }

    @Test
    default void aUserWithSocketsOnTwoNodesIsListedOnce() {
        here().add(ANNA, 0);
        there().add(ANNA, 0);
        there().add(BEN, 0);
        settle();
        assertThat(here().users()).isEqualTo(2);
        assertThat(here().userIds(10)).containsExactlyInAnyOrder("anna", "ben");
        assertThat(here().userIds(1)).hasSize(1);
        here().remove(ANNA);
        settle();
        assertThat(there().userIds(10)).as("its socket there is left").containsExactlyInAnyOrder("anna", "ben");
    }
}
