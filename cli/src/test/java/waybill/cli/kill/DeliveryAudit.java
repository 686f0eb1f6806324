package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Records the messages between the apps and the hub, and finally checks that the hub kept its guarantees. Guarded by
/// its monitor.
final class DeliveryAudit {

    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Set<String> thoughtOf = new HashSet<>();
    private final Set<String> placed = new HashSet<>();
    private final Map<String, Set<String>> deliverers = new HashMap<>();
    private final Set<String> thanked = new HashSet<>();
    private final Set<String> received = new HashSet<>();
    private final Set<Object> pendingAcks = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private long events;
    private boolean isClosingTime;

    /// A store places an order.
    synchronized void intended(String parcel) {
        thoughtOf.add(parcel);
    }

    synchronized void placed(String parcel) {
        placed.add(parcel);
        eventHappened();
    }

    synchronized void pickupReceived(String parcel) {
        check(thoughtOf.contains(parcel), "a pickup was made up: " + parcel);
    }

    synchronized void delivered(String parcel, String driver) {
        deliverers.computeIfAbsent(parcel, _ -> new TreeSet<>()).add(driver);
        eventHappened();
    }

    synchronized void deliveryReceived(String parcel) {
        check(thoughtOf.contains(parcel), "a delivery was made up: " + parcel);
        check(!received.contains(parcel), "a delivery was sent again after it was received: " + parcel);
    }

    synchronized void thanked(String parcel) {
        check(thanked.add(parcel), "a customer was thanked twice: " + parcel);
        eventHappened();
    }

    /// The hub has acknowledged the `received` of a delivery.
    synchronized void received(String parcel) {
        received.add(parcel);
        eventHappened();
    }

    synchronized void sent(Object message) {
        pendingAcks.add(message);
    }

    synchronized void acknowledged(Object message) {
        pendingAcks.remove(message);
        notifyAll();
    }

    /// These will get no ack any more.
    synchronized void abandoned(Set<Object> messages) {
        pendingAcks.removeAll(messages);
    }

    synchronized void check(boolean isFine, String complaint) {
        if (!isFine) {
            violations.add(complaint);
        }
    }

    synchronized boolean isClosing() {
        return isClosingTime;
    }

    /// Waits for `count` more steps.
    synchronized void awaitEvents(long count) throws InterruptedException {
        var goal = events + count;
        await(() -> events >= goal);
    }

    /// Stops placing orders, and waits until all are delivered and acknowledged.
    synchronized void close() throws InterruptedException {
        isClosingTime = true;
        await(() -> placed.equals(thoughtOf) && thanked.equals(thoughtOf) && pendingAcks.isEmpty());
    }

    synchronized void verify() {
        assertThat(violations).isEmpty();
        assertThat(placed).isNotEmpty().isSubsetOf(deliverers.keySet());
        assertThat(deliverers)
                .allSatisfy((parcel, drivers) -> assertThat(drivers).as(parcel).hasSize(1));
        assertThat(thanked).isEqualTo(deliverers.keySet());
    }

    @Override
    public synchronized String toString() {
        return "%d orders, %d placed, %d delivered, %d thanked, %d unanswered, complaints: %s"
                .formatted(
                        thoughtOf.size(),
                        placed.size(),
                        deliverers.size(),
                        thanked.size(),
                        pendingAcks.size(),
                        violations);
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + WAIT_MAX_NANOS;
        while (!condition.getAsBoolean()) {
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(leftMs).as("time left; %s", this).isPositive();
            wait(leftMs);
        }
    }

    private void eventHappened() {
        events++;
        notifyAll();
    }
}
