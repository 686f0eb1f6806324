package waybill.hub.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import waybill.hub.alert.AlertSource.Condition;
import waybill.hub.projection.ActiveOrders;
import waybill.messaging.QueueDepth;
import waybill.outbound.Channel;

/// The sources of alerts.
public final class AlertSources {

    /// An alert about an amount is cleared below this share of the amount that opened it, in percent.
    private static final int CLEARED_PERCENT = 80;

    /// Conditions of one source that are looked at.
    private static final int CONDITIONS_MAX = 1_000;

    private static final int PERCENT = 100;

    private AlertSources() {}

    /// New orders that their stores have not answered for so long.
    public static AlertSource unanswered(ActiveOrders active, Duration after) {
        return now -> {
            var conditions = new ArrayList<Condition>();
            var before = now.minus(after);
            for (var orders = active.iterator(); orders.hasNext() && conditions.size() < CONDITIONS_MAX; ) {
                var order = orders.next();
                if (order.state().awaitsAcceptance() && !order.placedAt().isAfter(before)) {
                    conditions.add(new Condition(
                            order.number(),
                            order.store() + " has not answered order " + order.number() + " within " + after.toSeconds()
                                    + " s",
                            order.id(),
                            null,
                            true));
                }
            }
            return conditions;
        };
    }

    /// Queues of `/caps` with so many messages.
    public static AlertSource queues(Supplier<List<QueueDepth>> depths, long max) {
        return _ -> depths.get().stream()
                .filter(depth -> isHigh(depth.messages(), max))
                .limit(CONDITIONS_MAX)
                .map(depth -> new Condition(
                        depth.queue().store() + " "
                                + depth.queue().topic().state().wireName(),
                        depth.messages() + " messages wait in a queue of store "
                                + depth.queue().store() + " (expected: fewer than " + max + ")",
                        null,
                        null,
                        depth.messages() >= max))
                .toList();
    }

    /// Channels with so many jobs that are to be sent, also again: a receiver fails, or is too slow.
    ///
    /// @param pending how many there are of each channel
    public static AlertSource backlogs(Supplier<Map<Channel, Long>> pending, long max) {
        return _ -> pending.get().entrySet().stream()
                .filter(one -> isHigh(one.getValue(), max))
                .map(one -> new Condition(
                        one.getKey().wireName(),
                        one.getValue() + " jobs of the channel " + one.getKey().wireName()
                                + " wait to be sent (expected: fewer than " + max + ")",
                        null,
                        null,
                        one.getValue() >= max))
                .toList();
    }

    /// An amount of a node that should be small.
    ///
    /// @param what what it is an amount of: `transactions wait to be written`
    public static AlertSource tooMany(String node, String what, LongSupplier amount, long max) {
        return _ -> {
            var now = amount.getAsLong();
            return isHigh(now, max)
                    ? List.of(new Condition(
                            node, now + " " + what + " (expected: fewer than " + max + ")", null, null, now >= max))
                    : List.of();
        };
    }

    /// An amount of a node that should be large.
    ///
    /// @param what what it is an amount of: `bytes are free`
    public static AlertSource tooFew(String node, String what, LongSupplier amount, long min) {
        return _ -> {
            var now = amount.getAsLong();
            return now <= min + min * (PERCENT - CLEARED_PERCENT) / PERCENT
                    ? List.of(new Condition(
                            node, now + " " + what + " (expected: more than " + min + ")", null, null, now <= min))
                    : List.of();
        };
    }

    /// What does not work on a node, in words.
    public static AlertSource problem(String node, Supplier<Optional<String>> problem) {
        return _ -> problem.get().stream()
                .map(text -> new Condition(node, text, null, null, true))
                .toList();
    }

    private static boolean isHigh(long amount, long max) {
        return amount * PERCENT >= max * CLEARED_PERCENT;
    }
}
