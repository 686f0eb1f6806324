package waybill.hub.playback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;
import waybill.hub.refusal.Refusal;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.OrderId;

/// Which ranges can be played back: those of which nothing has been deleted yet. May block on the disk.
public final class PlaybackRanges {

    /// The longest range.
    public static final Duration RANGE_MAX = Duration.ofDays(7);

    /// How long an order is shown after its last event.
    private static final Duration AFTER_LAST = Duration.ofSeconds(1);

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final EventLog log;
    private final Duration trackRetention;
    private final Duration orderRetention;
    private final InstantSource clock;

    /// A range, or why there is none.
    public sealed interface Result {
        record Found(PlaybackRange range) implements Result {}

        record Rejected(Refusal refusal) implements Result {}
    }

    /// The times from which events and positions are there.
    ///
    /// @param events the time from which the log has all events; the epoch if none were deleted
    /// @param positions the time from which positions are retained
    public record Earliest(Instant events, Instant positions) {}

    public PlaybackRanges(EventLog log, Duration trackRetention, Duration orderRetention, InstantSource clock) {
        this.log = log;
        this.trackRetention = trackRetention;
        this.orderRetention = orderRetention;
        this.clock = clock;
    }

    public Earliest earliest() {
        var deleted = log.deletedUpTo();
        var now = clock.instant();
        var events = deleted == 0
                ? Instant.EPOCH
                : log.listAfter(deleted, 1).stream()
                        .findFirst()
                        .map(LogEntry::receivedAt)
                        .orElse(now);
        return new Earliest(events, now.minus(trackRetention));
    }

    /// A range of all orders. Its end is now, if it is later.
    public Result ofTimes(Instant from, Instant to, boolean hasPositions) {
        var now = clock.instant();
        if (!from.isBefore(now)) {
            return rejected("from", format(from) + " (expected: before now, " + format(now) + ")");
        }
        if (!from.isBefore(to)) {
            return rejected("to", format(to) + " (expected: after from, " + format(from) + ")");
        }
        if (Duration.between(from, to).compareTo(RANGE_MAX) > 0) {
            return rejected(
                    "to",
                    format(to) + " (expected: at most " + RANGE_MAX.toDays() + " days after from, " + format(from)
                            + ")");
        }
        return retained(null, "from", from, to.isBefore(now) ? to : now, hasPositions);
    }

    /// All events of one order, and the positions of its driver.
    public Result ofOrder(OrderId order, boolean hasPositions) {
        var history = log.listHistory(order);
        if (history.isEmpty()) {
            return new Result.Rejected(Refusal.notFound("orderId: " + order
                    + " (expected: an order that exists, and that was not deleted after its retention)"));
        }
        var isActive =
                history.getLast().order().filter(one -> one.state().isActive()).isPresent();
        var last = history.getLast().receivedAt().plus(AFTER_LAST);
        var now = clock.instant();
        return retained(
                order,
                "orderId",
                history.getFirst().receivedAt(),
                isActive && now.isAfter(last) ? now : last,
                hasPositions);
    }

    private Result retained(@Nullable OrderId order, String field, Instant from, Instant to, boolean hasPositions) {
        var earliest = earliest();
        if (order == null && from.isBefore(earliest.events)) {
            return rejected(
                    field,
                    format(from) + " (expected: not before " + format(earliest.events)
                            + ": what was earlier has been deleted from the log, which retains ended orders for "
                            + orderRetention.toDays() + " days)");
        }
        if (hasPositions && from.isBefore(earliest.positions)) {
            return rejected(
                    field,
                    (order == null ? "" : "begins at ") + format(from) + " (expected: not before "
                            + format(earliest.positions) + ": positions are retained for " + trackRetention.toDays()
                            + " days; positions: false replays the events alone)");
        }
        return new Result.Found(new PlaybackRange(order, from.toEpochMilli(), to.toEpochMilli(), hasPositions));
    }

    private static Result rejected(String field, String problem) {
        return new Result.Rejected(Refusal.invalid(field, field + ": " + problem));
    }

    private static String format(Instant time) {
        return TIME.format(time);
    }
}
