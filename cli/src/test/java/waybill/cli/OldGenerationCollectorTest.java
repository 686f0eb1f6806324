package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OldGenerationCollectorTest {

    private static final long MB = 1 << 20;

    @Test
    void theThresholdIsTwiceTheLiveData() {
        assertThat(OldGenerationCollector.threshold(500 * MB, 2_000 * MB)).isEqualTo(1_000 * MB);
    }

    @Test
    void smallGrowthTriggersNoCollection() {
        assertThat(OldGenerationCollector.threshold(10 * MB, 2_000 * MB)).isEqualTo(106 * MB);
    }

    @Test
    void theThresholdIsBelowTheLimitOfTheHeap() {
        assertThat(OldGenerationCollector.threshold(1_500 * MB, 2_000 * MB)).isEqualTo(2_000 * MB);
        assertThat(OldGenerationCollector.threshold(10 * MB, -1)).as("no limit").isEqualTo(106 * MB);
    }

    @Test
    void twoCollectionsAreSomeTimeApart() {
        var heap = new RecordedGeneration();
        var scheduled = new ArrayDeque<Runnable>();
        var collector = new OldGenerationCollector(heap, (task, after) -> {
            assertThat(after).isEqualTo(OldGenerationCollector.EVERY_MIN);
            scheduled.add(task);
        });
        heap.usedMb = 200;
        collector.onGrowth();
        assertThat(heap.calls).containsExactly("notify at 0 MB", "collect");
        scheduled.remove().run();
        assertThat(heap.calls).endsWith("notify at 146 MB");
    }

    /// A heap of which 50 MB are live.
    private static final class RecordedGeneration implements OldGenerationCollector.Generation {

        private final List<String> calls = new ArrayList<>();
        private long usedMb;

        @Override
        public void collect() {
            calls.add("collect");
            usedMb = 50;
        }

        @Override
        public long usedBytes() {
            return usedMb * MB;
        }

        @Override
        public long maxBytes() {
            return 1_000 * MB;
        }

        @Override
        public void notifyAt(long bytes) {
            calls.add("notify at " + bytes / MB + " MB");
        }
    }
}
