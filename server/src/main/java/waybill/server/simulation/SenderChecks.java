package waybill.server.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Of several nodes, one sends the messages of a channel to their service: the one that has the lease. Another one
/// begins when that has died, or was disturbed for longer than a lease lasts.
final class SenderChecks {

    private final World world;
    private final LongSupplier lastFaultNanos;
    private final Map<String, SimulatedProcess> senders = new HashMap<>(); // by channel, while nothing is disturbed

    /// @param lastFaultNanos until when nodes are disturbed
    SenderChecks(World world, LongSupplier lastFaultNanos) {
        this.world = world;
        this.lastFaultNanos = lastFaultNanos;
    }

    /// A process of the hub sends a message. What is wrong is thrown by the queue of events, since the hub would catch
    /// it.
    void onSent(String channel, SimulatedProcess sender) {
        if (lastFaultNanos.getAsLong() >= world.events().nowNanos()) {
            senders.clear();
            return;
        }
        var before = senders.put(channel, sender);
        if (before != null && !before.equals(sender) && before.isAlive()) {
            world.events().after(0, channel, () -> {
                throw new InvariantViolation(
                        channel + ": two nodes send messages at a time (expected: the one that has the lease)");
            });
        }
    }
}
