package waybill.hub.outbound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.outbound.OutboundJob;

/// The jobs that this node is sending. Guarded by the monitor of its owner.
final class JobsInFlight {

    /// One attempt.
    record Attempt(OutboundJob job, long beganMs) {}

    private final JobLimits limits;
    private final Map<Long, Attempt> attempts = new HashMap<>();
    private final Map<String, Integer> perTarget = new HashMap<>();

    JobsInFlight(JobLimits limits) {
        this.limits = limits;
    }

    int free() {
        return limits.inFlightMax() - attempts.size();
    }

    /// The targets that take no more jobs now.
    Set<String> fullTargets() {
        var full = new HashSet<String>();
        perTarget.forEach((target, count) -> {
            if (count >= limits.perTargetMax()) {
                full.add(target);
            }
        });
        return full;
    }

    /// Whether jobs of the target may wait for one that is in flight.
    boolean isLimiting(String target) {
        return free() == 0 || perTarget.getOrDefault(target, 0) >= limits.perTargetMax();
    }

    /// As many of the jobs, in their order, as may be sent now.
    List<Long> select(List<OutboundJob> due) {
        var selected = new ArrayList<Long>();
        var counts = new HashMap<>(perTarget);
        for (var job : due) {
            if (selected.size() < free()
                    && !attempts.containsKey(job.id())
                    && counts.merge(job.target(), 1, Integer::sum) <= limits.perTargetMax()) {
                selected.add(job.id());
            }
        }
        return selected;
    }

    Attempt begin(OutboundJob job, long nowMs) {
        var attempt = new Attempt(job, nowMs);
        attempts.put(job.id(), attempt);
        perTarget.merge(job.target(), 1, Integer::sum);
        return attempt;
    }

    /// False if the attempt has ended before.
    boolean end(Attempt attempt) {
        if (!attempts.remove(attempt.job.id(), attempt)) {
            return false;
        }
        perTarget.computeIfPresent(attempt.job.target(), (_, count) -> count == 1 ? null : count - 1);
        return true;
    }

    /// Those that have taken too long.
    List<Attempt> overdue(long nowMs) {
        var beganMax = nowMs - limits.outcomeWithin().toMillis();
        return attempts.values().stream()
                .filter(attempt -> attempt.beganMs <= beganMax)
                .toList();
    }
}
