package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What every implementation of [SocketCounts] does, as two nodes see it.
public interface SocketCountsContract {

    /// The port of a node.
    SocketCounts here();

    /// The same of another node.
    SocketCounts there();

    /// What one node has done is known to the other.
    void settle();

    @Test
    default void theSocketsOfAllNodesAreCountedTogether() {
        here().add("realtime");
        there().add("realtime");
        there().add("realtime");
        settle();
        assertThat(here().count("realtime")).isEqualTo(3);
        assertThat(there().count("realtime")).isEqualTo(3);
        assertThat(here().count("storefront")).isZero();
        there().remove("realtime");
        there().remove("realtime");
        settle();
        assertThat(here().count("realtime")).isEqualTo(1);
        here().remove("realtime");
        settle();
        assertThat(here().hasAny("realtime")).isFalse();
        assertThat(there().hasAny("realtime")).isFalse();
    }

    @Test
    default void aLimitHoldsForAllNodesTogether() {
        assertThat(here().add("link", 2)).isTrue();
        settle();
        assertThat(there().add("link", 2)).isTrue();
        settle();
        assertThat(here().add("link", 2)).isFalse();
        assertThat(there().add("link", 2)).isFalse();
        assertThat(here().count("link")).as("the rejected ones do not count").isEqualTo(2);
        assertThat(here().add("another link", 2)).isTrue();
        there().remove("link");
        settle();
        assertThat(here().add("link", 2)).isTrue();
    }

    @Test
    default void aLimitOfZeroAdmitsNone() {
        assertThat(here().add("link", 0)).isFalse();
        assertThat(here().hasAny("link")).isFalse();
    }

    @Test
    default void whatIsNotThereIsNotCountedDown() {
        here().remove("link");
        here().add("link");
        settle();
        assertThat(there().count("link")).isEqualTo(1);
    }
}
