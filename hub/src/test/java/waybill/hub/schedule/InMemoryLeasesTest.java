package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import waybill.hub.NodeId;

class InMemoryLeasesTest {

    private final AtomicLong elapsedMs = new AtomicLong();
    private final InMemoryLeases one = new InMemoryLeases(new NodeId("one"), elapsedMs::get);
    private final InMemoryLeases two = one.of(new NodeId("two"));

    @Test
    void aLeaseIsHeldByOneNodeUntilItReleasesIt() {
        assertThat(one.acquire("task")).isTrue();
        assertThat(two.acquire("task")).isFalse();
        assertThat(two.acquire("another")).isTrue();
        one.release();
        assertThat(two.acquire("task")).isTrue();
        assertThat(one.acquire("task")).isFalse();
    }

    @Test
    void theLeaseOfANodeThatDoesNotAskAnyMoreExpires() {
        one.acquire("task");
        elapsedMs.addAndGet(InMemoryLeases.EXPIRES_AFTER_MS - 1);
        assertThat(two.acquire("task")).isFalse();
        assertThat(one.acquire("task")).as("renewed").isTrue();
        elapsedMs.addAndGet(InMemoryLeases.EXPIRES_AFTER_MS - 1);
        assertThat(two.acquire("task")).isFalse();
        elapsedMs.addAndGet(1);
        assertThat(two.acquire("task")).isTrue();
        assertThat(one.acquire("task")).as("of another node by now").isFalse();
    }
}
