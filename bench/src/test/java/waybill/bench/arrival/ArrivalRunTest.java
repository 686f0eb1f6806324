package waybill.bench.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalRunTest {

    @TempDir
    private Path data;

    @Test
    void everyDrawnStopHasOneArrivalAndEveryPlacePassedHasNone() {
        var tally = new ArrivalRun(1, 100).generated();
        assertThat(tally.stops()).isGreaterThanOrEqualTo(300);
        assertThat(tally.withOneArrival()).isEqualTo(tally.stops());
        assertThat(tally.errorS(0.5)).isLessThanOrEqualTo(10);
        assertThat(tally.passed()).isPositive();
        assertThat(tally.arrivalsAtPassed()).isZero();
        assertThat(tally.fenceEntriesAtPassed()).as("of a plain fence").isPositive();
    }

    @Test
    void readsTheSegmentsOfTraces() throws IOException {
        Files.writeString(data.resolve("a.gpx"), gpx());
        Files.writeString(data.resolve("b.json"), json());
        var traces = TraceFiles.read(data);
        assertThat(traces).extracting(Trace::name).containsExactly("a.gpx", "b.json");
        assertThat(traces).allSatisfy(trace -> assertThat(trace.points()).hasSize(100));
        assertThat(traces.getFirst().points()).isEqualTo(traces.getLast().points());
        assertThat(traces.getFirst().visits()).as("at its end").hasSize(1);
        assertThat(new ArrivalRun(1, 1).run(data)).contains("| recorded | 2 | 2 | 0 | 0 |");
    }

    @Test
    void aFolderWithoutTracesIsAnError() {
        assertThatThrownBy(() -> TraceFiles.read(data))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("(expected: a folder with recorded traces, .gpx or .json)");
    }

    /// A kilometre to the north, and a stay; one point has no time, one repeats that of the point before, and a
    /// segment is empty.
    private static String gpx() {
        var points = new StringBuilder();
        for (var i = 0; i < 100; i++) {
            points.append("<trkpt lat=\"%s\" lon=\"6.08\"><ele>7</ele><time>2013-07-06T14:%02d:%02dZ</time></trkpt>"
                    .formatted(latitude(i), i / 60, i % 60));
        }
        points.append("<trkpt lat=\"1\" lon=\"1\"></trkpt>");
        points.append("<trkpt lat=\"1\" lon=\"1\"><time>2013-07-06T14:01:39Z</time></trkpt>");
        return "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"><time>2013-07-06T14:00:00Z</time><trk>"
                + "<trkseg></trkseg><trkseg>" + points + "</trkseg></trk></gpx>";
    }

    private static String json() {
        var points = new StringBuilder("[");
        for (var i = 0; i < 100; i++) {
            points.append(i == 0 ? "" : ",")
                    .append("{\"point\":\"POINT(6.08 %s)\",\"time\":\"2013-07-06 16:%02d:%02d+0200\",\"id\":\"1\"}"
                            .formatted(latitude(i), i / 60, i % 60));
        }
        return points + "]";
    }

    private static double latitude(int second) {
        return 50.77 + Math.min(second, 30) * 0.0003;
    }
}
