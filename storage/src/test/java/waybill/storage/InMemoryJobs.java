package waybill.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobResult;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;

/// Outbound jobs in a collection.
final class InMemoryJobs implements OutboundJobs {

    private record Row(
            OutboundJob job,
            @Nullable String owner,
            @Nullable Instant endedAt) {}

    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private long lastId;

    InMemoryJobs copy() {
        var copy = new InMemoryJobs();
        copy.rows.putAll(rows);
        copy.lastId = lastId;
        return copy;
    }

    void add(NewJob job, long sequence) {
        lastId++;
        rows.put(lastId, new Row(job(job, sequence, JobState.PENDING, ""), null, null));
    }

    void addDead(NewJob job, long sequence, String detail) {
        lastId++;
        rows.put(lastId, new Row(job(job, sequence, JobState.DEAD, detail), null, job.createdAt()));
    }

    private OutboundJob job(NewJob job, long sequence, JobState state, String detail) {
        return new OutboundJob(
                lastId,
                job.channel(),
                job.target(),
                job.kind(),
                sequence,
                job.createdAt(),
                state,
                0,
                job.dueAt(),
                detail);
    }

    int countPending(Channel channel, String target) {
        return (int) rows.values().stream()
                .map(Row::job)
                .filter(job -> isOf(job, channel, target) && job.state() == JobState.PENDING)
                .count();
    }

    List<OutboundJob> lease(List<Long> ids, JobLease lease, Instant now) {
        var leased = new ArrayList<OutboundJob>();
        for (var id : ids) {
            var row = rows.get(id);
            if (row != null && isDue(row.job, now)) {
                var job = with(row.job, JobState.PENDING, row.job.attempts() + 1, lease.until(), row.job.detail());
                rows.put(id, new Row(job, lease.owner(), null));
                leased.add(job);
            }
        }
        return leased;
    }

    int release(Channel channel, String kept, Instant now) {
        return replaceAll(
                row -> row.job.channel() == channel && row.owner != null && !row.owner.equals(kept),
                Integer.MAX_VALUE,
                job -> with(
                        job, job.state(), job.attempts(), job.dueAt().isBefore(now) ? job.dueAt() : now, job.detail()));
    }

    boolean finish(String owner, JobResult result) {
        var row = rows.get(result.job());
        if (row == null || !owner.equals(row.owner) || row.job.attempts() != result.attempt()) {
            return false;
        }
        var job = with(row.job, result.state(), row.job.attempts(), result.dueAt(), result.detail());
        rows.put(result.job(), new Row(job, null, result.state().isEnded() ? result.at() : null));
        return true;
    }

    boolean replay(Channel channel, String target, long id, Instant now) {
        return replaceAll(
                        row -> row.job.id() == id && isOf(row.job, channel, target) && row.endedAt != null,
                        1,
                        job -> with(job, JobState.PENDING, 0, now, job.detail()))
                == 1;
    }

    int replayDead(Channel channel, String target, Instant since, Instant now, int max) {
        return replaceAll(
                row -> isOf(row.job, channel, target)
                        && row.job.state() == JobState.DEAD
                        && row.endedAt != null
                        && !row.endedAt.isBefore(since),
                max,
                job -> with(job, JobState.PENDING, 0, now, job.detail()));
    }

    private int replaceAll(Predicate<Row> which, int max, UnaryOperator<OutboundJob> change) {
        var ids = rows.values().stream()
                .filter(which)
                .map(row -> row.job.id())
                .limit(max)
                .toList();
        ids.forEach(id ->
                rows.compute(id, (_, row) -> row == null ? null : new Row(change.apply(row.job), null, null)));
        return ids.size();
    }

    private static boolean isOf(OutboundJob job, Channel channel, String target) {
        return job.channel() == channel && job.target().equals(target);
    }

    private static boolean isDue(OutboundJob job, Instant now) {
        return job.state() == JobState.PENDING && !job.dueAt().isAfter(now);
    }

    private static OutboundJob with(OutboundJob job, JobState state, int attempts, Instant dueAt, String detail) {
        return new OutboundJob(
                job.id(),
                job.channel(),
                job.target(),
                job.kind(),
                job.sequence(),
                job.createdAt(),
                state,
                attempts,
                dueAt,
                detail);
    }

    @Override
    public DuePage listDue(DueQuery query) {
        var due = new ArrayList<OutboundJob>();
        var targets = rows.values().stream()
                .map(Row::job)
                .filter(job -> job.channel() == query.channel() && job.state() == JobState.PENDING)
                .map(OutboundJob::target)
                .distinct()
                .sorted()
                .filter(target -> target.compareTo(query.afterTarget()) > 0)
                .toList();
        for (var target : targets) {
            if (due.size() >= query.max()) {
                return new DuePage(due, due.getLast().target());
            }
            if (!query.without().contains(target)) {
                rows.values().stream()
                        .map(Row::job)
                        .filter(job -> isOf(job, query.channel(), target) && isDue(job, query.now()))
                        .sorted(Comparator.comparing(OutboundJob::dueAt).thenComparingLong(OutboundJob::id))
                        .limit(Math.min(query.perTargetMax(), query.max() - due.size()))
                        .forEach(due::add);
            }
        }
        return due.size() >= query.max() ? new DuePage(due, due.getLast().target()) : new DuePage(due, "");
    }

    @Override
    public Optional<OutboundJob> findJob(long id) {
        return Optional.ofNullable(rows.get(id)).map(Row::job);
    }

    @Override
    public List<OutboundJob> listJobs(Channel channel, String target, long before, int max) {
        return rows.headMap(before, false).descendingMap().values().stream()
                .map(Row::job)
                .filter(job -> isOf(job, channel, target))
                .limit(max)
                .toList();
    }

    @Override
    public List<OutboundJob> listJobs(JobFilter filter, long before, int max) {
        return rows.headMap(before, false).descendingMap().values().stream()
                .map(Row::job)
                .filter(job -> filter.channels().contains(job.channel())
                        && filter.states().contains(job.state()))
                .limit(max)
                .toList();
    }

    @Override
    public List<OutboundJob> listJobsOf(List<Long> sequences) {
        return sequences.stream()
                .flatMap(sequence -> rows.values().stream().map(Row::job).filter(job -> job.sequence() == sequence))
                .toList();
    }

    @Override
    public long countJobs(Channel channel, JobState state) {
        return rows.values().stream()
                .filter(row -> row.job.channel() == channel && row.job.state() == state)
                .count();
    }
}
