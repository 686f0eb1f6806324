package waybill.cli.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What clients have observed: the changes that the hub has acknowledged, and the events they have received. Guarded by
/// its monitor.
final class ObservedState {

    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(120);

    /// An order entered a state, by the event of that id.
    record StateChange(String order, String status, long eventId) {}

    private final Map<String, String> placed = new HashMap<>();
    private final Set<String> thoughtOf = new HashSet<>();
    private final Map<String, Set<String>> acknowledged = new HashMap<>();
    private final Map<String, Set<String>> winners = new HashMap<>();
    private final Map<String, Set<StateChange>> received = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private long lost;
    private long repeated;

    synchronized void intended(String externalId) {
        thoughtOf.add(externalId);
    }

    /// The hub has acknowledged the order with that external id.
    synchronized void placed(String externalId, String order) {
        var previous = placed.putIfAbsent(externalId, order);
        check(
                previous == null || previous.equals(order),
                externalId + " was placed twice: " + previous + " and " + order);
        happened();
    }

    /// The hub has acknowledged that the order entered that state.
    synchronized void acknowledged(String order, String status) {
        acknowledged.computeIfAbsent(order, _ -> new HashSet<>()).add(status);
        happened();
    }

    synchronized void recordClaim(String order, String driver) {
        winners.computeIfAbsent(order, _ -> new HashSet<>()).add(driver);
    }

    synchronized void recordLostClaim() {
        lost++;
    }

    synchronized void recordRepeat() {
        repeated++;
    }

    synchronized void received(String listener, StateChange move) {
        received.computeIfAbsent(listener, _ -> new HashSet<>()).add(move);
    }

    /// The order has ended.
    synchronized void ended(String order) {
        ended.add(order);
        happened();
    }

    synchronized void check(boolean isFine, String complaint) {
        if (!isFine) {
            complaints.add(complaint);
            notifyAll();
        }
    }

    /// Waits until `count` orders have ended.
    synchronized void awaitEnded(int count) throws InterruptedException {
        await(() -> ended.size() >= count || !complaints.isEmpty());
    }

    /// Waits until all clients have received these events, in addition to any others.
    synchronized void awaitReceived(Map<String, Set<StateChange>> expected) throws InterruptedException {
        await(() -> expected.entrySet().stream()
                .allMatch(
                        entry -> received.getOrDefault(entry.getKey(), Set.of()).containsAll(entry.getValue())));
    }

    synchronized Map<String, String> placed() {
        return Map.copyOf(placed);
    }

    synchronized Set<String> intended() {
        return Set.copyOf(thoughtOf);
    }

    synchronized Set<String> acknowledged(String order) {
        return Set.copyOf(acknowledged.getOrDefault(order, Set.of()));
    }

    synchronized Set<String> winners(String order) {
        return Set.copyOf(winners.getOrDefault(order, Set.of()));
    }

    synchronized Set<StateChange> received(String listener) {
        return Set.copyOf(received.getOrDefault(listener, Set.of()));
    }

    synchronized List<String> violations() {
        return List.copyOf(complaints);
    }

    @Override
    public synchronized String toString() {
        return "%d placed, %d ended, %d claims lost, %d requests repeated, complaints: %s"
                .formatted(placed.size(), ended.size(), lost, repeated, complaints);
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + WAIT_MAX_NANOS;
        while (!condition.getAsBoolean()) {
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(leftMs).as("time left; %s", this).isPositive();
            wait(Math.min(leftMs, 1_000));
        }
    }

    private void happened() {
        notifyAll();
    }
}
