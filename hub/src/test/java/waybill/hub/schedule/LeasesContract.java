package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What every implementation of [Leases] does, as two nodes see it.
public interface LeasesContract {

    String TASK = "task";
    String ANOTHER = "another task";

    /// In as many renewals at most, a lease is of another node.
    int RENEWALS_MAX = 10;

    /// A node, which is alive as long as the test renews its leases.
    interface Node {

        Leases leases();

        /// Asks for a task, and passes time on this node until the answer is that of all nodes.
        boolean acquire(String task);
    }

    Node leaseNode(String name);

    @Test
    default void aTaskIsOfOneNodeAsLongAsItAsks() {
        var one = leaseNode("one");
        var two = leaseNode("two");
        assertThat(one.acquire(TASK)).isTrue();
        for (var i = 0; i < RENEWALS_MAX; i++) {
            assertThat(two.acquire(TASK)).isFalse();
            assertThat(one.acquire(TASK)).isTrue();
        }
        assertThat(one.leases().heldCount()).isEqualTo(1);
        assertThat(two.leases().heldCount()).isZero();
    }

    @Test
    default void eachTaskHasALeaseOfItsOwn() {
        var one = leaseNode("one");
        var two = leaseNode("two");
        assertThat(one.acquire(TASK)).isTrue();
        assertThat(two.acquire(ANOTHER)).isTrue();
        assertThat(one.acquire(ANOTHER)).isFalse();
        assertThat(two.acquire(TASK)).isFalse();
        assertThat(one.leases().heldCount()).isEqualTo(1);
        assertThat(two.leases().heldCount()).isEqualTo(1);
    }

    @Test
    default void theTaskOfANodeThatDoesNotAskAnyMoreGoesToAnother() {
        var one = leaseNode("one");
        var two = leaseNode("two");
        assertThat(one.acquire(TASK)).isTrue();
        assertThat(two.acquire(TASK)).isFalse();
        var renewals = 1;
        while (!two.acquire(TASK)) {
            assertThat(renewals++).isLessThan(RENEWALS_MAX);
        }
        assertThat(one.acquire(TASK)).as("of another node by now").isFalse();
        assertThat(one.leases().heldCount()).isZero();
    }

    @Test
    default void aNodeThatClosesReleasesItsOwnLeasesOnly() {
        var one = leaseNode("one");
        var two = leaseNode("two");
        var three = leaseNode("three");
        assertThat(one.acquire(TASK)).isTrue();
        assertThat(two.acquire(ANOTHER)).isTrue();
        assertThat(three.acquire(TASK)).isFalse();
        one.leases().release();
        assertThat(three.acquire(TASK)).isTrue();
        assertThat(three.acquire(ANOTHER)).isFalse();
        assertThat(one.leases().heldCount()).isZero();
    }
}
