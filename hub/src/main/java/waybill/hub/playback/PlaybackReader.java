package waybill.hub.playback;

import java.util.ArrayDeque;
import java.util.Optional;
import waybill.hub.position.PositionUpdates;
import waybill.hub.position.Precision;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.OrderEvent;
import waybill.tracking.Fix;
import waybill.tracking.TrackLog;

/// Reads what was published in a range from a time on, in order: first the state at that time, then each event and each
/// position of an order's driver. It has a projection of the active orders of its own, which says for which orders a
/// position was, and how exactly their viewers saw it. What it holds in memory does not grow with the range.
///
/// For one thread at a time. May block on the disk.
public final class PlaybackReader {

    /// Positions of drivers without an order that are read in one call.
    private static final int FIXES_MAX = 5_000;

    private final PlaybackRange range;
    private final LogCursor events;
    private final FixCursor fixes;
    private final ActiveOrders activeOrders = new ActiveOrders();
    private final PositionUpdates updates;
    private final ArrayDeque<PlaybackStep> steps = new ArrayDeque<>();
    private long atMs;

    private PlaybackReader(
            PlaybackRange range, LogCursor events, FixCursor fixes, boolean isHiddenUntilNext, long startMs) {
        this.range = range;
        this.events = events;
        this.fixes = fixes;
        updates = new PositionUpdates(new Precision(activeOrders, isHiddenUntilNext));
        atMs = startMs;
    }

    /// Reads the state at the start.
    ///
    /// @param startMs the time of the range from which it is read
    /// @param isHiddenUntilNext as in [Precision]
    public static PlaybackReader open(
            EventLog log, TrackLog tracks, PlaybackRange range, long startMs, boolean isHiddenUntilNext) {
        var events = new LogCursor(log, range, startMs);
        var fixes = range.hasPositions()
                        && !(range.orderOrNone() != null && events.drivers().isEmpty())
                ? new FixCursor(tracks, events.drivers(), startMs, range.untilMs())
                : FixCursor.none(tracks);
        var reader = new PlaybackReader(range, events, fixes, isHiddenUntilNext, startMs);
        events.state().forEach(entry -> reader.addState(entry, startMs));
        fixes.newest().forEach(fix -> reader.add(fix, startMs, true));
        return reader;
    }

    /// An order that was placed before is shown as if it had been placed as it is now.
    private void addState(LogEntry entry, long startMs) {
        var order = entry.order().orElseThrow().withoutDocument();
        activeOrders.apply(order);
        steps.add(new PlaybackStep.Event(
                new LogEntry(
                        entry.sequence(),
                        order,
                        entry.previousState(),
                        new OrderEvent.Placed(order.state()),
                        entry.actor(),
                        entry.occurredAt(),
                        entry.receivedAt()),
                startMs,
                /* isState= */ true));
    }

    private void add(Fix fix, long publishedMs, boolean isState) {
        var orders = activeOrders.ofDriver(fix.driver());
        var next = activeOrders.nextStop(orders);
        for (var order : orders) {
            var isNextStop = next.isEmpty() || next.get().equals(order.id());
            updates.forAll(fix, order, isNextStop, publishedMs)
                    .forEach(update -> steps.add(new PlaybackStep.DriverPosition(update, publishedMs, isState)));
        }
    }

    /// The next step. Empty at the end of the range. Nothing is a step, too, where many positions were published to
    /// no viewer: a call never reads much.
    public Optional<PlaybackStep> next() {
        for (var read = 0; steps.isEmpty(); read++) {
            if (read == FIXES_MAX) {
                return Optional.of(new PlaybackStep.Nothing(atMs));
            }
            var event = events.peek();
            var eventAtMs = event.map(this::atMs).orElse(range.untilMs());
            var fix = fixes.poll(Math.min(eventAtMs + 1, range.untilMs())); // an event may follow from the position
            if (fix.isPresent()) {
                atMs = Math.max(atMs, fix.get().receivedAtMs());
                add(fix.get(), atMs, /* isState= */ false);
            } else if (event.isPresent()) {
                atMs = eventAtMs;
                events.remove();
                event.get().order().ifPresent(activeOrders::apply);
                steps.add(new PlaybackStep.Event(event.get(), atMs, /* isState= */ false));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(steps.remove());
    }

    /// The hub's clock may have been put back: the order of the log counts.
    private long atMs(LogEntry entry) {
        return Math.max(atMs, entry.receivedAt().toEpochMilli());
    }
}
