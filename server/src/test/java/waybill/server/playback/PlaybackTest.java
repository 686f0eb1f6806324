package waybill.server.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.playback.PlaybackRange;
import waybill.server.live.RecordedDay;

/// A playback of a recorded day, by a clock that the test moves.
class PlaybackTest {

    private static final int SPEED = 3_600;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RecordedDay day;

    private final RecordingViewer viewer = new RecordingViewer();

    @BeforeAll
    static void record() {
        day = RecordedDay.on(data);
    }

    @AfterAll
    static void close() {
        day.close();
    }

    private static PlaybackRange range() {
        return new PlaybackRange(null, day.from().toEpochMilli(), day.to().toEpochMilli(), true);
    }

    private Playback playback(PlaybackRange range, String dialect) {
        return viewer.playback(day.store(), range, dialect);
    }

    private void runToEnd(Playback playback) {
        viewer.runToEnd(playback);
    }

    @Test
    void aDayIsReplayedEventForEventInEveryDialect() {
        for (var dialect : day.dialects()) {
            viewer.events.clear();
            viewer.nowMs = 0;
            var playback = playback(range(), dialect);
            playback.start(range().fromMs(), SPEED, true, 0);
            runToEnd(playback);
            assertThat(viewer.events.stream()
                            .filter(sent -> RecordedDay.reachesAdmin(dialect, sent.rooms("to"), sent.rooms("except")))
                            .map(sent -> new RecordedDay.Sent(sent.event(), sent.json())))
                    .as(dialect)
                    .hasSizeGreaterThan(20)
                    .containsExactlyElementsOf(day.live(dialect));
        }
    }

    @Test
    void distancesInTimeAreDividedByTheSpeed() {
        var playback = playback(range(), "realtime");
        playback.start(range().fromMs(), SPEED, true, 0);
        playback.runDue(0);
        runToEnd(playback);
        assertThat(viewer.events).isNotEmpty().allSatisfy(sent -> {
            var distanceMs = sent.at().toEpochMilli() - range().fromMs();
            assertThat(sent.elapsedMs()).isEqualTo(Math.ceilDiv(distanceMs, SPEED));
        });
        var lengthMs = range().untilMs() - range().fromMs();
        assertThat(viewer.nowMs).isEqualTo(Math.ceilDiv(lengthMs, SPEED));
        assertThat(viewer.at()).isEqualTo(day.to());
    }

    @Test
    void oneOrderIsReplayedWithItsDriver() {
        var order = day.orders().getFirst();
        var events = day.store().eventLog().listHistory(order.id());
        var range = new PlaybackRange(
                order.id(),
                events.getFirst().receivedAt().toEpochMilli(),
                events.getLast().receivedAt().toEpochMilli() + 1,
                true);
        var playback = playback(range, "realtime");
        playback.start(range.fromMs(), SPEED, true, 0);
        runToEnd(playback);
        assertThat(viewer.events)
                .extracting(RecordingViewer.Emitted::json)
                .allSatisfy(json -> assertThat(json).contains(order.id().toString()));
        assertThat(viewer.events)
                .extracting(RecordingViewer.Emitted::event)
                .contains("order:new", "driver:location_update")
                .endsWith("order:status_update");
    }

    @Test
    void aPausedPlaybackShowsTheStateOfTheTimeThatWasSought() throws JSONException {
        var playback = playback(range(), "realtime");
        playback.start(range().fromMs(), 1, false, 0);
        playback.runDue(0);
        assertThat(viewer.state()).isEqualTo("paused");
        viewer.events.clear();
        var positions = day.store().trackLog().listBetween("kari", 0, Long.MAX_VALUE, 100);
        var seekMs = positions.get(4).fix().receivedAtMs() + 500;
        playback.seek(seekMs, 10);
        playback.runDue(20);
        playback.runDue(60_000);
        assertThat(viewer.state()).isEqualTo("paused");
        assertThat(viewer.at()).isEqualTo(Instant.ofEpochMilli(seekMs));
        assertThat(viewer.events).allSatisfy(sent -> {
            assertThat(sent.meta().optBoolean("state")).isTrue();
            assertThat(sent.at()).isEqualTo(Instant.ofEpochMilli(seekMs));
        });
        assertThat(viewer.events)
                .extracting(RecordingViewer.Emitted::event)
                .containsExactly(
                        "order:new",
                        "order:status_update",
                        "order:new",
                        "order:status_update",
                        "driver:location_update");
        var first = new JSONObject(viewer.events.getFirst().json());
        assertThat(first.getString("status")).isEqualTo("picked_up");
        var position = new JSONObject(viewer.events.getLast().json());
        assertThat(position.getDouble("latitude"))
                .isEqualTo(positions.get(4).fix().position().latitude());
    }

    @Test
    void whatComesAfterASeekIsWhatComesWithoutOne() {
        var playback = playback(range(), "realtime");
        playback.start(range().fromMs(), SPEED, true, 0);
        runToEnd(playback);
        var middle = viewer.events.get(viewer.events.size() / 2).at();
        var expected = viewer.events.stream()
                .filter(sent -> !sent.at().isBefore(middle))
                .map(RecordingViewer.Emitted::json)
                .toList();
        viewer.events.clear();
        playback.seek(middle.toEpochMilli(), viewer.nowMs);
        playback.play(Double.NaN, viewer.nowMs);
        playback.runDue(viewer.nowMs);
        runToEnd(playback);
        assertThat(viewer.events.stream()
                        .filter(sent -> !sent.meta().optBoolean("state"))
                        .map(RecordingViewer.Emitted::json))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void aPauseStopsTimeAndASpeedChangesIt() {
        var playback = playback(range(), "realtime");
        playback.start(range().fromMs(), 60, true, 0);
        playback.runDue(0);
        playback.pause(1_000);
        playback.play(Double.NaN, 50_000);
        playback.speed(10, 51_000);
        playback.pause(52_000);
        assertThat(viewer.at()).isEqualTo(day.from().plusSeconds(60 + 60 + 10));
        assertThat(viewer.state()).isEqualTo("paused");
    }

    @Test
    void aSlowViewerHoldsThePlaybackAndMissesNothing() {
        var fast = playback(range(), "realtime");
        fast.start(range().fromMs(), SPEED, true, 0);
        runToEnd(fast);
        var all = viewer.events.stream().map(RecordingViewer.Emitted::json).toList();
        assertThat(all).hasSizeGreaterThan(Playback.SENT_MAX);
        viewer.events.clear();
        viewer.nowMs = 0;
        viewer.isSlow = true;
        var slow = playback(range(), "realtime");
        slow.start(range().fromMs(), SPEED, true, 0);
        for (var i = 0; i < 10_000; i++) {
            slow.runDue(viewer.nowMs++);
        }
        assertThat(viewer.events).hasSize(Playback.SENT_MAX);
        assertThat(viewer.drains).hasSize(1);
        assertThat(viewer.state()).isEqualTo("playing");
        assertThat(viewer.at()).isBetween(viewer.events.getLast().at(), day.to().minusSeconds(1));
        viewer.isSlow = false;
        viewer.drains.getFirst().complete(null);
        runToEnd(slow);
        assertThat(viewer.events).extracting(RecordingViewer.Emitted::json).containsExactlyElementsOf(all);
    }
}
