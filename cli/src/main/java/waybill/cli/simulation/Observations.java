package waybill.cli.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import waybill.access.Role;

/// What the hub has acknowledged, and the invariants that its answers violated. Guarded by its monitor.
final class Observations {

    /// Violations that are reported one by one. Later ones are counted.
    static final int VIOLATIONS_MAX = 100;

    /// An event of the backend.
    ///
    /// @param role of its recipients; empty if it goes to all
    record Notice(long eventId, Optional<Role> role) {}

    private final Map<String, String> placed = new HashMap<>(); // order by external id
    private final Map<String, Set<String>> statuses = new HashMap<>(); // by order
    private final Map<String, String> winners = new HashMap<>(); // driver by order
    private final List<Notice> notices = new ArrayList<>();
    private final Set<String> violations = new LinkedHashSet<>();
    private final Map<String, Long> counts = new HashMap<>();
    private long violationCount;
    private long ackedAtNanos;
    private long longestPauseMs;

    synchronized void onPlaced(String externalId, String order) {
        count("orders placed");
        measurePause();
        var before = placed.putIfAbsent(externalId, order);
        if (before != null && !before.equals(order)) {
            violation("order " + externalId + " was placed once, and acknowledged as " + before + " and " + order);
        }
    }

    synchronized void onStatus(String order, String status) {
        count("orders " + status);
        measurePause();
        statuses.computeIfAbsent(order, _ -> new HashSet<>()).add(status);
    }

    /// The longest time in which no order was acknowledged to be placed or to go on.
    private void measurePause() {
        var now = System.nanoTime();
        if (ackedAtNanos != 0) {
            longestPauseMs = Math.max(longestPauseMs, TimeUnit.NANOSECONDS.toMillis(now - ackedAtNanos));
            set("ms without an ack, at most", longestPauseMs);
        }
        ackedAtNanos = now;
    }

    synchronized void onClaimed(String order, String driver) {
        var before = winners.putIfAbsent(order, driver);
        if (before != null && !before.equals(driver)) {
            violation("order " + order + " has two winners: " + before + " and " + driver + " were acknowledged it");
        }
    }

    synchronized void onNotice(Notice notice) {
        count("events emitted");
        notices.add(notice);
    }

    synchronized void violation(String text) {
        violationCount++;
        if (violations.size() < VIOLATIONS_MAX) {
            violations.add(text);
        }
    }

    synchronized void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    synchronized void set(String what, long count) {
        counts.put(what, count);
    }

    synchronized Map<String, String> placed() {
        return Map.copyOf(placed);
    }

    synchronized Set<String> statuses(String order) {
        return Set.copyOf(statuses.getOrDefault(order, Set.of()));
    }

    synchronized Optional<String> winner(String order) {
        return Optional.ofNullable(winners.get(order));
    }

    synchronized List<Notice> notices() {
        return List.copyOf(notices);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized long violationCount() {
        return violationCount;
    }

    synchronized long counted(String what) {
        return counts.getOrDefault(what, 0L);
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
