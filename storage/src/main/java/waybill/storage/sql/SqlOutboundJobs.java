package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;

/// The committed outbound jobs. Thread-safe.
public final class SqlOutboundJobs implements OutboundJobs {

    /// Targets that one query looks at. The next one goes on with the others.
    static final int TARGETS_MAX = 1_000;

    private static final String NEXT_TARGET =
            "SELECT target FROM outbound_job WHERE state = 0 AND channel = ? AND target > ? ORDER BY target LIMIT 1";

    private static final String DUE = JobTable.SELECT
            + "WHERE state = 0 AND channel = ? AND target = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?";

    static final String BY_ID = JobTable.SELECT + "WHERE id = ?";

    private static final String OF_TARGET =
            JobTable.SELECT + "WHERE channel = ? AND target = ? AND id < ? ORDER BY id DESC LIMIT ?";

    private static final String COUNT_PENDING = "SELECT count(*) FROM outbound_job WHERE state = 0 AND channel = ?";

    private static final String COUNT_ENDED =
            "SELECT count(*) FROM outbound_job WHERE channel = ? AND state = ? AND state <> 0";

    private static final String NEWEST = JobTable.SELECT + "WHERE id < ? ORDER BY id DESC LIMIT ?";

    private static final String NEWEST_OF =
            JobTable.SELECT + "WHERE channel = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?";

    private static final String OF_EVENT = JobTable.SELECT + "WHERE position = ? ORDER BY id";

    /// What this class runs, for a test of how it is executed.
    static final List<String> QUERIES =
            List.of(NEXT_TARGET, DUE, BY_ID, OF_TARGET, COUNT_PENDING, COUNT_ENDED, NEWEST, NEWEST_OF, OF_EVENT);

    private final ReadConnections readers;

    public SqlOutboundJobs(ReadConnections readers) {
        this.readers = readers;
    }

    @Override
    public DuePage listDue(DueQuery query) {
        return readers.read(connection -> listDue(connection, query));
    }

    private static DuePage listDue(ReadConnections.ReadConnection connection, DueQuery query) throws SQLException {
        try (var nextTarget = connection.prepare(NEXT_TARGET);
                var due = connection.prepare(DUE)) {
            var jobs = new ArrayList<OutboundJob>();
            var target = query.afterTarget();
            for (var i = 0; i < TARGETS_MAX && jobs.size() < query.max(); i++) {
                var next = nextTarget(nextTarget, query.channel(), target);
                if (next.isEmpty()) {
                    return new DuePage(jobs, "");
                }
                target = next.get();
                if (!query.without().contains(target)) {
                    jobs.addAll(listDue(due, query, target, query.max() - jobs.size()));
                }
            }
            return new DuePage(jobs, target);
        }
    }

    private static Optional<String> nextTarget(PreparedStatement query, Channel channel, String after)
            throws SQLException {
        query.setInt(1, EnumCodes.encode(channel));
        query.setString(2, after);
        return DirectoryRows.list(query, row -> row.getString(1)).stream().findFirst();
    }

    private static List<OutboundJob> listDue(PreparedStatement due, DueQuery query, String target, int max)
            throws SQLException {
        due.setInt(1, EnumCodes.encode(query.channel()));
        due.setString(2, target);
        due.setLong(3, query.now().toEpochMilli());
        due.setInt(4, Math.min(max, query.perTargetMax()));
        return DirectoryRows.list(due, JobTable::job);
    }

    @Override
    public Optional<OutboundJob> findJob(long id) {
        return readers
                .query(BY_ID, query -> {
                    query.setLong(1, id);
                    return DirectoryRows.list(query, JobTable::job);
                })
                .stream()
                .findFirst();
    }

    @Override
    public List<OutboundJob> listJobs(Channel channel, String target, long before, int max) {
        return readers.query(OF_TARGET, query -> {
            query.setInt(1, EnumCodes.encode(channel));
            query.setString(2, target);
            query.setLong(3, before);
            query.setInt(4, max);
            return DirectoryRows.list(query, JobTable::job);
        });
    }

    @Override
    public List<OutboundJob> listJobs(JobFilter filter, long before, int max) {
        if (filter.equals(JobFilter.ALL)) {
            return readers.query(NEWEST, query -> {
                query.setLong(1, before);
                query.setInt(2, max);
                return DirectoryRows.list(query, JobTable::job);
            });
        }
        // one channel and state after the other, so that an index has them in this order
        return filter.channels().stream()
                .flatMap(channel ->
                        filter.states().stream().flatMap(state -> listJobs(channel, state, before, max).stream()))
                .sorted(Comparator.comparingLong(OutboundJob::id).reversed())
                .limit(max)
                .toList();
    }

    private List<OutboundJob> listJobs(Channel channel, JobState state, long before, int max) {
        return readers.query(NEWEST_OF, query -> {
            query.setInt(1, EnumCodes.encode(channel));
            query.setInt(2, EnumCodes.encode(state));
            query.setLong(3, before);
            query.setInt(4, max);
            return DirectoryRows.list(query, JobTable::job);
        });
    }

    @Override
    public List<OutboundJob> listJobsOf(List<Long> sequences) {
        return readers.query(OF_EVENT, query -> {
            var jobs = new ArrayList<OutboundJob>();
            for (var sequence : sequences) {
                query.setLong(1, sequence);
                jobs.addAll(DirectoryRows.list(query, JobTable::job));
            }
            return jobs;
        });
    }

    @Override
    public long countJobs(Channel channel, JobState state) {
        return readers.query(state.isEnded() ? COUNT_ENDED : COUNT_PENDING, query -> {
            query.setInt(1, EnumCodes.encode(channel));
            if (state.isEnded()) {
                query.setInt(2, EnumCodes.encode(state));
            }
            return DirectoryRows.list(query, row -> row.getLong(1)).getFirst();
        });
    }
}
