package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.NodeId;
import waybill.hub.relay.NodeCheckpoint;
import waybill.order.Actor;
import waybill.order.NodeEvent;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

class NodeCheckpointTest {

    private static final NodeId ONE = new NodeId("one");
    private static final NodeId TWO = new NodeId("two");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(data, StoreLimits.defaults(), () -> {});
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theFirstNodeOfAnEmptyLogBeginsAtItsStart() {
        assertThat(checkpoint(ONE)).isZero();
    }

    @Test
    void aNewNodeBeginsAtTheEndOfTheLog() {
        append(3);
        save(name(ONE), 2);
        append(2);
        assertThat(checkpoint(TWO)).isEqualTo(5);
        append(1);
        assertThat(checkpoint(TWO)).as("it is not new any more").isEqualTo(5);
        assertThat(checkpoint(ONE)).isEqualTo(2);
    }

    @Test
    void aHubThatHadNoNameContinuesWhereItStopped() {
        append(3);
        save("world", 1);
        assertThat(checkpoint(ONE)).isEqualTo(1);
    }

    private String name(NodeId node) {
        return NodeCheckpoint.open(node, store.eventLog(), store.journal());
    }

    private long checkpoint(NodeId node) {
        return store.eventLog().findRelayCheckpoint(name(node));
    }

    private void save(String name, long sequence) {
        store.journal()
                .submit(work -> {
                    work.saveRelayCheckpoint(name, sequence);
                    return true;
                })
                .join();
    }

    private void append(int events) {
        for (var i = 0; i < events; i++) {
            store.journal()
                    .submit(work -> work.append(new NodeEvent.EventConfirmed("acme", 1), Actor.HUB, Instant.EPOCH))
                    .join();
        }
    }
}
