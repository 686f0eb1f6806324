package waybill.server.rest.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.hub.presence.InMemorySocketCounts;
import waybill.hub.presence.SocketCounts;
import waybill.server.identity.ClientAddress;
import waybill.server.rest.contract.Problem;

/// Streams of public links, counted by link, by address and in all.
class LinkStreamLimitsTest {

    private static final ClientAddress PHONES = new ClientAddress("203.0.113.7", false);
    private static final ClientAddress ELSEWHERE = new ClientAddress("203.0.113.8", false);
    private static final ClientAddress HERE = new ClientAddress("127.0.0.1", true);

    private final SocketCounts counts = new InMemorySocketCounts();
    private final LinkStreamLimits limits = new LinkStreamLimits(counts);

    @Test
    void anAddressHasALimitedNumberOfStreamsOverAllLinks() {
        acquire(LinkStreamLimits.PER_ADDRESS_MAX, PHONES);
        assertThatThrownBy(() -> limits.acquire(link(0), PHONES))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(429))
                .hasMessage("streams from 203.0.113.7: 500 (expected: fewer)");
        limits.acquire(link(0), ELSEWHERE);
        limits.release(link(1), PHONES);
        limits.acquire(link(2), PHONES);
        assertThat(limits.inAll()).isEqualTo(LinkStreamLimits.PER_ADDRESS_MAX + 1);
    }

    @Test
    void aProgramOfThisMachineIsNotLimitedByAddress() {
        acquire(LinkStreamLimits.PER_ADDRESS_MAX + 1, HERE);
        assertThat(limits.inAll()).isEqualTo(LinkStreamLimits.PER_ADDRESS_MAX + 1);
    }

    @Test
    void aNodeHasALimitedNumberOfStreams() {
        for (var i = 0; i < LinkStreamLimits.IN_ALL_MAX; i++) {
            limits.acquire(link(i), new ClientAddress("198.51.100." + i, false));
        }
        assertThatThrownBy(() -> limits.acquire(link(-1), PHONES))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503))
                .hasMessage("streams: 20000 (expected: fewer)");
    }

    @Test
    void aStreamThatIsRejectedIsNotCounted() {
        for (var i = 0; i < LinkStreamLimits.PER_LINK_MAX; i++) {
            limits.acquire(link(0), HERE);
        }
        assertThatThrownBy(() -> limits.acquire(link(0), PHONES)).hasMessageStartingWith("streams of this link: 100 ");
        acquire(LinkStreamLimits.PER_ADDRESS_MAX, PHONES);
    }

    @Test
    void theStreamsOfALinkAndOfAnAddressAreCountedForAllNodesAndThoseInAllForEach() {
        var otherNode = new LinkStreamLimits(counts);
        acquire(LinkStreamLimits.PER_ADDRESS_MAX, PHONES);
        assertThatThrownBy(() -> otherNode.acquire(link(0), PHONES))
                .hasMessage("streams from 203.0.113.7: 500 (expected: fewer)");
        for (var i = 1; i < LinkStreamLimits.PER_LINK_MAX; i++) {
            otherNode.acquire(link(1), HERE);
        }
        assertThatThrownBy(() -> otherNode.acquire(link(1), HERE)).hasMessageStartingWith("streams of this link: 100 ");
        assertThat(otherNode.inAll()).isEqualTo(LinkStreamLimits.PER_LINK_MAX - 1);
        limits.release(link(1), PHONES);
        otherNode.acquire(link(1), PHONES);
    }

    /// So many streams from an address, each of another link.
    private void acquire(int count, ClientAddress client) {
        for (var i = 1; i <= count; i++) {
            limits.acquire(link(i), client);
        }
    }

    private static UUID link(int number) {
        return new UUID(0, number);
    }
}
