package waybill.server.playback;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.playback.PlaybackRange;
import waybill.hub.playback.PlaybackReader;
import waybill.hub.playback.PlaybackStep;
import waybill.hub.schedule.BlockingReads;
import waybill.server.dialect.write.JsonObjectWriter;

/// A playback that one viewer sees and controls. [#runDue] emits what is due by its clock. The next page is read when
/// most of the last one has been emitted, and no more is emitted while much of it waits for the viewer's network: then
/// the playback's clock stands still. So neither a long range nor a slow viewer fills the memory.
///
/// A monitor. Pages are read on an executor, one at a time.
final class Playback {

    /// Messages of one page, and their characters.
    static final int PAGE_MAX = 256;

    static final int PAGE_CHARACTERS_MAX = 512 * 1024;

    /// Messages that wait for the viewer's network, and their characters.
    static final int SENT_MAX = 256;

    static final int SENT_CHARACTERS_MAX = 256 * 1024;

    /// How often a viewer is told the time of a playback that runs.
    static final long PROGRESS_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Playback.class);

    /// What the viewer is told.
    enum State {
        LOADING,
        PLAYING,
        PAUSED,
        ENDED,
        FAILED
    }

    private final PlaybackViewer viewer;
    private final Executor executor;
    private final PlaybackRange range;
    private final PlaybackRenderer renderer;
    private final LongFunction<PlaybackReader> open;
    private final PlaybackClock clock = new PlaybackClock();
    private final ArrayDeque<PlaybackMessage> messages = new ArrayDeque<>();
    private State state = State.LOADING;
    private boolean isPlaying;
    private boolean isReading;
    private boolean isRead;
    private boolean isDraining;
    private boolean isClosed;
    private int sent;
    private int sentCharacters;
    private long startMs;
    private long readUpToMs;
    private int generation; // of a seek: pages that were read for an earlier one are dropped
    private @Nullable PlaybackReader reader;
    private long toldMs;

    /// @param open reads the range from a time on
    Playback(
            PlaybackViewer viewer,
            Executor executor,
            PlaybackRange range,
            PlaybackRenderer renderer,
            LongFunction<PlaybackReader> open) {
        this.viewer = viewer;
        this.executor = executor;
        this.range = range;
        this.renderer = renderer;
        this.open = open;
    }

    synchronized void start(long atMs, double speed, boolean plays, long nowMs) {
        clock.speed(speed, nowMs);
        isPlaying = plays;
        restart(atMs, nowMs);
    }

    synchronized void seek(long atMs, long nowMs) {
        restart(atMs, nowMs);
    }

    private void restart(long atMs, long nowMs) {
        generation++;
        startMs = range.clamp(atMs);
        messages.clear();
        reader = null;
        isRead = false;
        clock.run(false, nowMs);
        clock.set(startMs, nowMs);
        setState(State.LOADING, nowMs);
        read();
    }

    synchronized void pause(long nowMs) {
        isPlaying = false;
        clock.run(false, nowMs);
        if (state == State.PLAYING) {
            setState(State.PAUSED, nowMs);
        }
    }

    /// @param speed how many times as fast as time; as before if it is NaN
    synchronized void play(double speed, long nowMs) {
        if (!Double.isNaN(speed)) {
            clock.speed(speed, nowMs);
        }
        isPlaying = true;
        switch (state) {
            case PAUSED, PLAYING -> run(nowMs);
            case ENDED, FAILED -> restart(state == State.ENDED ? range.fromMs() : clock.atMs(nowMs), nowMs);
            case LOADING -> {
                // it runs when the first page is there
            }
        }
    }

    synchronized void speed(double speed, long nowMs) {
        clock.speed(speed, nowMs);
        tell(nowMs);
    }

    synchronized void close() {
        isClosed = true;
        messages.clear();
        reader = null;
    }

    private void run(long nowMs) {
        clock.run(true, nowMs);
        setState(State.PLAYING, nowMs);
    }

    private void setState(State next, long nowMs) {
        state = next;
        tell(nowMs);
    }

    private void tell(long nowMs) {
        toldMs = nowMs;
        viewer.emit("replay:state", describe(new JsonObjectWriter(), nowMs).json());
    }

    /// Writes the state of the playback.
    synchronized JsonObjectWriter describe(JsonObjectWriter fields, long nowMs) {
        return fields.put("state", state.name().toLowerCase(Locale.ROOT))
                .put("at", Instant.ofEpochMilli(range.clamp(clock.atMs(nowMs))))
                .put("from", Instant.ofEpochMilli(range.fromMs()))
                .put("to", Instant.ofEpochMilli(range.untilMs()))
                .put("speed", clock.speed());
    }

    /// Emits what is due. Never blocks.
    synchronized void runDue(long nowMs) {
        if (isClosed) {
            return;
        }
        if (state == State.LOADING && reader != null) {
            begin(nowMs);
        }
        emitDue(nowMs);
        if (state == State.PLAYING && isRead && messages.isEmpty() && clock.atMs(nowMs) >= range.untilMs()) {
            isPlaying = false;
            clock.run(false, nowMs);
            clock.set(range.untilMs(), nowMs);
            setState(State.ENDED, nowMs);
        } else if (state == State.PLAYING && nowMs - toldMs >= PROGRESS_MS) {
            tell(nowMs);
        }
        if (!isRead && messages.size() < PAGE_MAX / 2 && state != State.FAILED) {
            read();
        }
    }

    private void begin(long nowMs) {
        clock.set(startMs, nowMs);
        if (isPlaying) {
            run(nowMs);
        } else {
            setState(State.PAUSED, nowMs);
        }
    }

    /// The state at the start is emitted at once, also to a viewer that has paused.
    private void emitDue(long nowMs) {
        var untilMs = state == State.LOADING || state == State.FAILED ? Long.MIN_VALUE : clock.atMs(nowMs);
        for (var next = messages.peek(); next != null && next.atMs() <= untilMs; next = messages.peek()) {
            if (sent >= SENT_MAX || sentCharacters >= SENT_CHARACTERS_MAX) {
                clock.set(Math.max(startMs, next.atMs()), nowMs);
                break;
            }
            messages.remove();
            sent++;
            sentCharacters += next.characters();
            viewer.emit(next.event(), next.json(), next.meta());
        }
        if (messages.isEmpty() && !isRead && clock.atMs(nowMs) > readUpToMs) {
            clock.set(readUpToMs, nowMs); // it may not be ahead of what has been read
        }
        if (sent > 0 && !isDraining) {
            isDraining = true;
            viewer.whenDrained().thenRun(this::onDrained);
        }
    }

    private synchronized void onDrained() {
        isDraining = false;
        sent = 0;
        sentCharacters = 0;
    }

    private void read() {
        if (isReading || isClosed) {
            return;
        }
        isReading = true;
        var current = generation;
        var known = reader;
        var from = startMs;
        BlockingReads.supply(executor, () -> readPage(known, from))
                .whenComplete((page, thrown) -> onPage(current, page, thrown));
    }

    /// A page of rendered messages.
    private record Page(PlaybackReader reader, ArrayDeque<PlaybackMessage> messages, boolean isLast, long readUpToMs) {}

    private Page readPage(@Nullable PlaybackReader known, long fromMs) {
        var from = known == null ? open.apply(fromMs) : known;
        var page = new ArrayDeque<PlaybackMessage>();
        var characters = 0;
        var readUpToMs = fromMs;
        while (page.size() < PAGE_MAX && characters < PAGE_CHARACTERS_MAX) {
            var step = from.next();
            if (step.isEmpty()) {
                return new Page(from, page, true, range.untilMs());
            }
            readUpToMs = step.get().atMs();
            if (step.get() instanceof PlaybackStep.Nothing) {
                break;
            }
            for (var message : renderer.render(step.get())) {
                page.add(message);
                characters += message.characters();
            }
        }
        return new Page(from, page, false, readUpToMs);
    }

    private synchronized void onPage(int of, @Nullable Page page, @Nullable Throwable thrown) {
        isReading = false;
        if (isClosed) {
            return;
        }
        if (of != generation) {
            read();
        } else if (page != null) {
            reader = page.reader;
            messages.addAll(page.messages);
            isRead = page.isLast;
            readUpToMs = page.readUpToMs;
        } else {
            LOG.warn("a page of a playback could not be read; it stops until its viewer plays it again", thrown);
            state = State.FAILED;
            isRead = true;
            viewer.emit(
                    "replay:failed",
                    new JsonObjectWriter()
                            .put("code", "unavailable")
                            .put("message", "the recorded events cannot be read (expected: play again later)")
                            .json());
        }
    }
}
