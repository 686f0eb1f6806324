package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.geo.Position;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

class NewestPositionsTest {

    private static final long START_MS = 1_767_268_800_000L;

    private final NewestPositions newest = new NewestPositions();
    private final List<Long> heard = new ArrayList<>();
    private @Nullable DriverTrackState last;

    @Test
    void listenersHearOneOfThePositionsWithinASpan() {
        newest.add(new NewestPositionListener() {
            @Override
            public void onNewest(DriverTrackState track, long nowMs) {
                heard.add(track.newest().recordedAtMs() - START_MS);
            }

            @Override
            public void onRestored(Fix newest, long nowMs) {
                throw new AssertionError("none was restored");
            }
        });
        for (var afterMs = 0; afterMs <= 2 * FixSampling.SPAN_MS; afterMs += 10) {
            report(afterMs);
        }
        report(0);

        assertThat(heard).containsExactly(0L, FixSampling.SPAN_MS, 2 * FixSampling.SPAN_MS);
    }

    private void report(long afterMs) {
        var at = START_MS + afterMs;
        var after = DriverTrackState.start(
                new Fix("kari", new Position(59.91, 10.75), Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, at, at));
        newest.onReport(last, after, at);
        last = after;
    }
}
