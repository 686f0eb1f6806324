package waybill.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.order.Decision.Step;

/// Which times of an order may be set when, and that an order has at most one open delay alert.
final class TimeRules {

    private TimeRules() {}

    static boolean isRepeat(Order order, OrderCommand.OnTimes command) {
        var times = order.times();
        return switch (command) {
            case OrderCommand.SetTimes(var delivery, var readyAt) -> times.equals(times.with(readyAt, delivery));
            case OrderCommand.OpenDelay _ -> times.missedPromise().isPresent();
            case OrderCommand.CloseDelay _ -> times.missedPromise().isEmpty();
        };
    }

    /// Empty for an order that is not going to be delivered.
    static List<Step> steps(Order order, OrderCommand.OnTimes command) {
        if (!order.state().isActive() || order.state() == OrderState.FAILED) {
            return List.of();
        }
        var times = order.times();
        return switch (command) {
            case OrderCommand.SetTimes(var delivery, var readyAt) -> List.of(set(order, readyAt, delivery));
            case OrderCommand.OpenDelay(var promised, var expected) ->
                List.of(new Step(
                        new OrderEvent.Delayed(promised, expected),
                        order.withTimes(times.withMissedPromise(promised))));
            case OrderCommand.CloseDelay(var expected) ->
                times.missedPromise().stream()
                        .map(promised -> new Step(
                                new OrderEvent.DelayEnded(promised, expected),
                                order.withTimes(times.withMissedPromise(null))))
                        .toList();
        };
    }

    /// The steps of an acceptance that says when the order is ready.
    static List<Step> withReadyTime(List<Step> accepted, @Nullable Instant readyAt) {
        if (accepted.isEmpty() || readyAt == null) {
            return accepted;
        }
        var after = accepted.getLast().orderAfter();
        var steps = new ArrayList<>(accepted);
        steps.add(set(after, readyAt, after.times().estimatedDeliveryOrNone()));
        return steps;
    }

    private static Step set(Order order, @Nullable Instant readyAt, @Nullable Instant delivery) {
        var times = order.times().with(readyAt, delivery);
        return new Step(
                new OrderEvent.TimesSet(times.estimatedDeliveryOrNone(), times.readyAtOrNone()),
                order.withTimes(times));
    }
}
