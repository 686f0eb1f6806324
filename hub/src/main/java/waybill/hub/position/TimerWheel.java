package waybill.hub.position;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Elements with a time at which each is due, in slots of a second: to add one and to find the due ones costs the same
/// however many there are. An element that is added while its slot is emptied may come one turn of the wheel later, so
/// an owner takes it as a reason to look, not as the time.
///
/// Elements are added by any thread, and polled by one.
///
/// @param <T> an element
final class TimerWheel<T> {

    private static final long SLOT_MS = 1_000;

    private final Queue<T>[] slots;
    private volatile long polledSlot;

    /// @param delayMaxMs how much later than the newest poll an element is due at most; one that is due later comes
    /// then
    @SuppressWarnings({"unchecked", "rawtypes"})
    TimerWheel(long delayMaxMs, long nowMs) {
        slots = Stream.generate(ConcurrentLinkedQueue::new)
                .limit(Math.ceilDiv(delayMaxMs, SLOT_MS) + 2)
                .toArray(Queue[]::new);
        polledSlot = Math.floorDiv(nowMs, SLOT_MS);
    }

    void add(T element, long dueMs) {
        var next = polledSlot + 1;
        var due = Math.ceilDiv(dueMs, SLOT_MS);
        slot(Math.clamp(due, next, next + slots.length - 2)).add(element);
    }

    /// Passes the due elements on, which may be added again meanwhile.
    void poll(long nowMs, Consumer<T> action) {
        var last = Math.floorDiv(nowMs, SLOT_MS);
        for (var slot = Math.max(polledSlot + 1, last - slots.length + 1); slot <= last; slot++) {
            polledSlot = slot;
            var queue = slot(slot);
            for (var left = queue.size(); left > 0; left--) {
                var element = queue.poll();
                if (element != null) {
                    action.accept(element);
                }
            }
        }
    }

    private Queue<T> slot(long number) {
        return slots[Math.floorMod(number, slots.length)];
    }
}
