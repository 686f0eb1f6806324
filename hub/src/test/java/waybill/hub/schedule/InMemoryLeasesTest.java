package waybill.hub.schedule;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import waybill.hub.NodeId;

class InMemoryLeasesTest implements LeasesContract {

    private final AtomicLong elapsedMs = new AtomicLong();
    private final InMemoryLeases one = new InMemoryLeases(new NodeId("one"), elapsedMs::get);
    private final InMemoryLeases two = one.of(new NodeId("two"));

    @Override
    public Leases one() {
        return one;
    }

    @Override
    public Leases two() {
        return two;
    }

    @Override
    public void advance(Duration time) {
        elapsedMs.addAndGet(time.toMillis());
    }
}
