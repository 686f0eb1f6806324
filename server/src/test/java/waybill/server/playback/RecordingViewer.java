package waybill.server.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.json.JSONException;
import org.json.JSONObject;
import waybill.hub.playback.PlaybackRange;
import waybill.hub.playback.PlaybackReader;
import waybill.hub.projection.CachedDisplayNames;
import waybill.storage.Store;

/// A viewer that keeps what it is sent, with a clock that moves by the millisecond, and a network that takes what is
/// emitted when the test says so.
final class RecordingViewer implements PlaybackViewer {

    /// Playbacks of tests are shorter, by the viewer's clock.
    private static final int ELAPSED_MAX_MS = 100_000;

    /// A message, and the time of the viewer's clock at which it was emitted.
    record Emitted(String event, String json, JSONObject meta, long elapsedMs) {

        Instant at() {
            return Instant.parse(meta.optString("at"));
        }

        Set<String> rooms(String name) {
            var rooms = new HashSet<String>();
            var array = meta.optJSONArray(name);
            for (var i = 0; array != null && i < array.length(); i++) {
                rooms.add(array.optString(i));
            }
            return rooms;
        }

        /// All but when it was emitted.
        String text() {
            return event + " " + json + " " + meta;
        }
    }

    final List<Emitted> events = new ArrayList<>();
    final List<CompletableFuture<Void>> drains = new ArrayList<>();
    boolean isSlow;
    long nowMs;
    private final List<JSONObject> states = new ArrayList<>();

    /// All that is replayed of a range.
    static List<String> replay(Store store, PlaybackRange range, String dialect, int speed) {
        var viewer = new RecordingViewer();
        var playback = viewer.playback(store, range, dialect);
        playback.start(range.fromMs(), speed, true, 0);
        viewer.runToEnd(playback);
        return viewer.events.stream().map(Emitted::text).toList();
    }

    /// A playback that reads on the thread of the test.
    Playback playback(Store store, PlaybackRange range, String dialect) {
        var names = new CachedDisplayNames(store.directory(), InstantSource.system());
        return new Playback(
                this,
                Runnable::run,
                range,
                Objects.requireNonNull(PlaybackRenderer.all(names).get(dialect)),
                startMs -> PlaybackReader.open(store.eventLog(), store.trackLog(), range, startMs, false));
    }

    /// Lets the clock go on, millisecond by millisecond, until the playback has ended.
    void runToEnd(Playback playback) {
        while (!state().equals("ended")) {
            nowMs++;
            playback.runDue(nowMs);
            assertThat(nowMs).isLessThan(ELAPSED_MAX_MS);
        }
    }

    @Override
    public void emit(String event, String... args) {
        try {
            if (event.startsWith("replay:")) {
                states.add(new JSONObject(args[0]));
            } else {
                events.add(new Emitted(event, new JSONObject(args[0]).toString(), new JSONObject(args[1]), nowMs));
            }
        } catch (JSONException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<Void> whenDrained() {
        if (!isSlow) {
            return CompletableFuture.completedFuture(null);
        }
        var drain = new CompletableFuture<Void>();
        drains.add(drain);
        return drain;
    }

    String state() {
        return states.getLast().optString("state");
    }

    Instant at() {
        return Instant.parse(states.getLast().optString("at"));
    }
}
