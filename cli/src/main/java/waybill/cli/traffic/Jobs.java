package waybill.cli.traffic;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import waybill.cli.city.Point;

/// The orders of one driver. Confined to one thread.
final class Jobs {

    /// More than that a driver cannot be assigned by dispatch; further ones of an operator are left undone.
    static final int JOBS_MAX = 20;

    private final SequencedMap<String, Job> jobs = new LinkedHashMap<>();

    void put(Job job) {
        if (jobs.containsKey(job.order()) || jobs.size() < JOBS_MAX) {
            jobs.put(job.order(), job);
        }
    }

    Set<String> orders() {
        return Set.copyOf(jobs.keySet());
    }

    /// Returns whether the driver has the order.
    boolean update(String order, String status) {
        return jobs.computeIfPresent(order, (_, job) -> job.withStatus(status)) != null;
    }

    void remove(String order) {
        jobs.remove(order);
    }

    Optional<Job> find(String order) {
        return Optional.ofNullable(jobs.get(order));
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    /// First what is ready is fetched, then the rest, then everything is delivered; the nearest first.
    Optional<Job> next(Point here) {
        return jobs.values().stream()
                .min(Comparator.comparing(Job::isPickedUp)
                        .thenComparing(job -> !job.isReady())
                        .thenComparingDouble(job -> job.stop().distanceTo(here)));
    }
}
