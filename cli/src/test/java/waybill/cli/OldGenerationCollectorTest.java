package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
