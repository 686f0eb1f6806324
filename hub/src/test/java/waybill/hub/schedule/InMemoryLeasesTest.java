package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.hub.schedule.InMemoryLeases.EXPIRES_AFTER;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import waybill.hub.NodeId;

class InMemoryLeasesTest implements LeasesContract {

    private final AtomicLong elapsedMs = new AtomicLong();
    private final InMemoryLeases one = new InMemoryLeases(new NodeId("one"), elapsedMs::get);
    private final InMemoryLeases two = one.of(new NodeId("two"));

    @Override
    public Node leaseNode(String name) {
        var leases = one.of(new NodeId(name));
        return new Node() {
            @Override
            public Leases leases() {
                return leases;
            }

            @Override
            public boolean acquire(String task) {
                elapsedMs.addAndGet(EXPIRES_AFTER.toMillis() / RENEWALS_MAX + 1);
                return leases.acquire(task);
            }
        };
    }

    @Test
    void theLeaseOfANodeThatDoesNotAskAnyMoreExpires() {
        one.acquire("task");
        elapsedMs.addAndGet(EXPIRES_AFTER.toMillis() - 1);
        assertThat(two.acquire("task")).isFalse();
        assertThat(one.acquire("task")).as("renewed").isTrue();
        elapsedMs.addAndGet(EXPIRES_AFTER.toMillis() - 1);
        assertThat(two.acquire("task")).isFalse();
        elapsedMs.addAndGet(1);
        assertThat(two.acquire("task")).isTrue();
        assertThat(one.acquire("task")).as("of another node by now").isFalse();
    }
}
