package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.hub.NodeId;
import waybill.hub.relay.NodeCheckpoint;
import waybill.hub.relay.RelayRunner;
import waybill.hub.relay.WakeUpSignal;
import waybill.hub.schedule.ThreadHealth;
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
        relay(TWO);
        append(1);
        assertThat(checkpoint(TWO)).as("it is not new any more").isGreaterThanOrEqualTo(5);
        assertThat(NodeCheckpoint.of(TWO, store.eventLog()).savedSequence())
                .as("the relay saves where it began")
                .isEqualTo(5);
        assertThat(checkpoint(ONE)).isEqualTo(2);
    }

    @Test
    void aNewNodeThatDiesBeforeItsFirstRoundContinuesWhereItBegan() {
        append(3);
        runner(TWO, new DeadThreads()).start();
        append(2);
        assertThat(checkpoint(TWO)).isEqualTo(3);
    }

    @Test
    void aNewNodeOfAnEmptyLogThatDiesBeforeItsFirstRoundContinuesAtItsStart() {
        runner(ONE, new DeadThreads()).start();
        append(2);
        assertThat(checkpoint(ONE)).isZero();
    }

    @Test
    void aHubThatHadNoNameContinuesWhereItStopped() {
        append(3);
        save("world", 1);
        assertThat(checkpoint(ONE)).isEqualTo(1);
    }

    private String name(NodeId node) {
        return NodeCheckpoint.of(node, store.eventLog()).name();
    }

    private long checkpoint(NodeId node) {
        return NodeCheckpoint.of(node, store.eventLog()).startSequence();
    }

    /// Starts and stops the node's relay. It has nothing to publish.
    private void relay(NodeId node) {
        try (var runner = runner(node, Threads.ofPlatform())) {
            runner.start();
        }
        append(0);
    }

    private RelayRunner runner(NodeId node, Threads threads) {
        return new RelayRunner(
                NodeCheckpoint.of(node, store.eventLog()),
                store.eventLog(),
                store.journal(),
                _ -> {},
                new WakeUpSignal(),
                InstantSource.system(),
                new ThreadHealth(),
                threads);
    }

    /// Threads of a process that dies before they run.
    private static final class DeadThreads implements Threads {

        @Override
        public LoopThread loop(String name, Duration waitMax, LoopThread.Round round) {
            return new LoopThread() {
                @Override
                public void start() {}

                @Override
                public void wake() {}

                @Override
                public void join() {}

                @Override
                public boolean isConcurrent() {
                    return true;
                }
            };
        }

        @Override
        public ExecutorService executor(String name, int count, int queueMax, RejectedExecutionHandler rejection) {
            return Threads.ofPlatform().executor(name, count, queueMax, rejection);
        }

        @Override
        public ScheduledExecutorService scheduler(String name) {
            return Threads.ofPlatform().scheduler(name);
        }
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
