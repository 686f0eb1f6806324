package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.geo.Position;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

class FixSamplingTest {

    private static final long START_MS = 1_767_268_800_000L;

    @Test
    void theFirstFixOfEachSpanIsLookedAt() {
        var sampled = new ArrayList<Long>();
        @Nullable DriverTrackState last = null;
        for (var afterMs = 0L; afterMs <= 2 * FixSampling.SPAN_MS; afterMs += 10) {
            var state = state(afterMs);
            if (FixSampling.isFirst(last, state)) {
                sampled.add(afterMs);
            }
            last = state;
        }

        assertThat(sampled).isEqualTo(List.of(0L, FixSampling.SPAN_MS, 2 * FixSampling.SPAN_MS));
    }

    private static DriverTrackState state(long afterMs) {
        var at = START_MS + afterMs;
        return DriverTrackState.start(
                new Fix("kari", new Position(59.91, 10.75), Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, at, at));
    }
}
