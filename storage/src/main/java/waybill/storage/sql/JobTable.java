package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobResult;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;

/// Outbound jobs, on the writing connection. New ones wait in memory and are written in one round. Belongs to the
/// journal's thread.
public final class JobTable {

    /// How long a delivered job, or one that was skipped, is stored.
    public static final Duration DELIVERED_RETENTION = Duration.ofDays(7);

    /// How long a dead letter is stored.
    public static final Duration DEAD_RETENTION = Duration.ofDays(30);

    /// Jobs of one channel and state that have ended; beyond that the oldest are deleted.
    public static final int ENDED_MAX = 1_000_000;

    /// Old jobs that are deleted with each one that ends: more than one, so that a backlog shrinks.
    private static final int PURGED_MAX = 4;

    static final String SELECT =
            "SELECT id, channel, target, kind, position, created_at, state, attempts, due_at, detail FROM outbound_job ";

    private static final String LEASE = """
            UPDATE outbound_job SET lease_owner = ?, due_at = ?, attempts = attempts + 1
            WHERE id = ? AND state = 0 AND due_at <= ?
            """;

    private static final String RELEASE = """
            UPDATE outbound_job SET lease_owner = NULL, due_at = CASE WHEN due_at < ? THEN due_at ELSE ? END
            WHERE channel = ? AND lease_owner <> ?
            """;

    private static final String FINISH = """
            UPDATE outbound_job SET state = ?, lease_owner = NULL, due_at = ?, detail = ?,
            ended_at = CASE WHEN ? = 0 THEN NULL ELSE ? END
            WHERE id = ? AND state = 0 AND attempts = ? AND lease_owner = ?
            RETURNING target
            """;

    private static final String PURGE = """
            DELETE FROM outbound_job WHERE id IN (SELECT id FROM outbound_job
            WHERE channel = ? AND state = ? AND state <> 0 ORDER BY ended_at LIMIT ?)
            AND (ended_at < ? OR id <= (SELECT max(id) FROM outbound_job) - ?)
            """;

    private static final String REPLAY = """
            UPDATE outbound_job SET state = 0, attempts = 0, due_at = ?, ended_at = NULL, lease_owner = NULL
            WHERE id = ? AND channel = ? AND target = ? AND state <> 0
            """;

    private static final String REPLAY_DEAD = """
            UPDATE outbound_job SET state = 0, attempts = 0, due_at = ?, ended_at = NULL, lease_owner = NULL
            WHERE id IN (SELECT id FROM outbound_job WHERE channel = ? AND state = ? AND state <> 0
            AND ended_at >= ? AND target = ? ORDER BY ended_at LIMIT ?)
            """;

    /// What this table runs, for a test of how it is executed.
    static final List<String> STATEMENTS = List.of(LEASE, RELEASE, FINISH, PURGE, REPLAY, REPLAY_DEAD);

    private final int endedMax;
    private final PendingJobs pending;
    private final InsertBatch added;
    private final PreparedStatement find;
    private final PreparedStatement lease;
    private final PreparedStatement release;
    private final PreparedStatement finish;
    private final PreparedStatement purge;
    private final PreparedStatement replay;
    private final PreparedStatement replayDead;

    JobTable(Statements statements) throws SQLException {
        this(statements, ENDED_MAX);
    }

    JobTable(Statements statements, int endedMax) throws SQLException {
        this.endedMax = endedMax;
        pending = new PendingJobs(statements);
        added = new InsertBatch(
                statements,
                "INSERT INTO outbound_job"
                        + " (channel, target, kind, position, created_at, due_at, state, ended_at, detail)",
                9);
        find = statements.prepare(SqlOutboundJobs.BY_ID);
        lease = statements.prepare(LEASE);
        release = statements.prepare(RELEASE);
        finish = statements.prepare(FINISH);
        purge = statements.prepare(PURGE);
        replay = statements.prepare(REPLAY);
        replayDead = statements.prepare(REPLAY_DEAD);
    }

    void add(NewJob job, long sequence) throws SQLException {
        add(job, sequence, JobState.PENDING, null, null);
        pending.change(job.channel(), job.target(), 1);
    }

    void addDead(NewJob job, long sequence, String detail) throws SQLException {
        add(job, sequence, JobState.DEAD, job.createdAt(), detail);
        purge(job.channel(), JobState.DEAD, job.createdAt());
    }

    private void add(
            NewJob job, long sequence, JobState state, @Nullable Instant endedAtOrNone, @Nullable String detailOrNone)
            throws SQLException {
        added.add(
                EnumCodes.encode(job.channel()),
                job.target(),
                job.kind(),
                sequence,
                job.createdAt().toEpochMilli(),
                job.dueAt().toEpochMilli(),
                EnumCodes.encode(state),
                endedAtOrNone == null ? null : endedAtOrNone.toEpochMilli(),
                detailOrNone);
    }

    int countPending(Channel channel, String target) throws SQLException {
        flush();
        return pending.count(channel, target);
    }

    void flush() throws SQLException {
        added.flush();
    }

    void clear() {
        added.clear();
        pending.clear();
    }

    List<OutboundJob> lease(List<Long> ids, JobLease lent, Instant now) throws SQLException {
        flush();
        var leased = new ArrayList<OutboundJob>();
        for (var id : ids) {
            lease.setString(1, lent.owner());
            lease.setLong(2, lent.until().toEpochMilli());
            lease.setLong(3, id);
            lease.setLong(4, now.toEpochMilli());
            if (lease.executeUpdate() == 1) {
                find.setLong(1, id);
                leased.addAll(DirectoryRows.list(find, JobTable::job));
            }
        }
        return leased;
    }

    int release(Channel channel, String kept, Instant now) throws SQLException {
        flush();
        release.setLong(1, now.toEpochMilli());
        release.setLong(2, now.toEpochMilli());
        release.setInt(3, EnumCodes.encode(channel));
        release.setString(4, kept);
        return release.executeUpdate();
    }

    boolean finish(String owner, JobResult result) throws SQLException {
        flush();
        finish.setInt(1, EnumCodes.encode(result.state()));
        finish.setLong(2, result.dueAt().toEpochMilli());
        finish.setString(3, result.detail());
        finish.setInt(4, EnumCodes.encode(result.state()));
        finish.setLong(5, result.at().toEpochMilli());
        finish.setLong(6, result.job());
        finish.setInt(7, result.attempt());
        finish.setString(8, owner);
        var targets = DirectoryRows.list(finish, row -> row.getString(1));
        if (!targets.isEmpty() && result.state().isEnded()) {
            pending.change(result.channel(), targets.getFirst(), -1);
            purge(result.channel(), result.state(), result.at());
        }
        return !targets.isEmpty();
    }

    private void purge(Channel channel, JobState state, Instant now) throws SQLException {
        purge.setInt(1, EnumCodes.encode(channel));
        purge.setInt(2, EnumCodes.encode(state));
        purge.setInt(3, PURGED_MAX);
        purge.setLong(4, now.minus(retention(state)).toEpochMilli());
        purge.setInt(5, endedMax);
        purge.executeUpdate();
    }

    private static Duration retention(JobState state) {
        return switch (state) {
            case PENDING, DEAD -> DEAD_RETENTION;
            case DELIVERED, SKIPPED -> DELIVERED_RETENTION;
        };
    }

    boolean replay(Channel channel, String target, long id, Instant now) throws SQLException {
        flush();
        replay.setLong(1, now.toEpochMilli());
        replay.setLong(2, id);
        replay.setInt(3, EnumCodes.encode(channel));
        replay.setString(4, target);
        var count = replay.executeUpdate();
        pending.change(channel, target, count);
        return count == 1;
    }

    int replayDead(Channel channel, String target, Instant since, Instant now, int max) throws SQLException {
        flush();
        replayDead.setLong(1, now.toEpochMilli());
        replayDead.setInt(2, EnumCodes.encode(channel));
        replayDead.setInt(3, EnumCodes.encode(JobState.DEAD));
        replayDead.setLong(4, since.toEpochMilli());
        replayDead.setString(5, target);
        replayDead.setInt(6, max);
        var count = replayDead.executeUpdate();
        pending.change(channel, target, count);
        return count;
    }

    static OutboundJob job(ResultSet row) throws SQLException {
        var detail = row.getString(10);
        return new OutboundJob(
                row.getLong(1),
                EnumCodes.decodeChannel(row.getInt(2)),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                EnumCodes.decodeJobState(row.getInt(7)),
                row.getInt(8),
                Instant.ofEpochMilli(row.getLong(9)),
                detail == null ? "" : detail);
    }
}
