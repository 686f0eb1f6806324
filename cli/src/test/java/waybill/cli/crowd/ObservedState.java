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

/// What the clients know for certain: what the hub has acknowledged to them, and what they have heard. A monitor.
final class ObservedState {

    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(120);

    /// An order got into a state, as the event of that id tells.
    record StateChange(String order, String status, long eventId) {}

    private final Map<String, String> placed = new HashMap<>();
    private final Set<String> thoughtOf = new HashSet<>();
    private final Map<String, Set<String>> acknowledged = new HashMap<>();
    private final Map<String, Set<String>> winners = new HashMap<>();
    private final Map<String, Set<StateChange>> heard = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private long lost;
    private long repeated;

    synchronized void intended(String externalId) {
        thoughtOf.add(externalId);
    }

    /// The hub has said that this is the order of that name.
    synchronized void placed(String externalId, String order) {
        var known = placed.putIfAbsent(externalId, order);
        check(known == null || known.equals(order), externalId + " was placed twice: " + known + " and " + order);
        happened();
    }

    /// The hub has said that the order got into that state.
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
        heard.computeIfAbsent(listener, _ -> new HashSet<>()).add(move);
    }

    /// Nothing is left to be done for it.
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

    /// Waits until so many orders have ended.
    synchronized void awaitEnded(int count) throws InterruptedException {
        await(() -> ended.size() >= count || !complaints.isEmpty());
    }

    /// Waits until everybody has heard this, whatever else they did.
    synchronized void awaitReceived(Map<String, Set<StateChange>> expected) throws InterruptedException {
        await(() -> expected.entrySet().stream()
                .allMatch(entry -> heard.getOrDefault(entry.getKey(), Set.of()).containsAll(entry.getValue())));
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
        return Set.copyOf(heard.getOrDefault(listener, Set.of()));
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
