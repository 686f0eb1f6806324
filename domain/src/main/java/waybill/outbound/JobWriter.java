package waybill.outbound;

import java.time.Instant;
import java.util.List;

/// Changes outbound jobs inside one transaction. A port: `storage` implements it.
public interface JobWriter {

    void addJob(NewJob job);

    /// Adds a job that is a dead letter from the start, which a replay sends.
    void addDeadJob(NewJob job, String detail);

    /// How many jobs of a target are to be sent.
    int countPendingJobs(Channel channel, String target);

    /// Leases those of the jobs that are due, and counts an attempt of each.
    ///
    /// @return the leased ones, in the order of `ids`
    List<OutboundJob> leaseJobs(List<Long> ids, JobLease lease, Instant now);

    /// Ends the leases of a channel, whose jobs another process sends from now on: what was being sent is due. Returns
    /// how many there were.
    ///
    /// @param kept the owner whose leases stay; empty for none
    int releaseJobs(Channel channel, String kept, Instant now);

    /// Stores the result of an attempt. False when the owner has lost the lease.
    boolean finishJob(String owner, JobResult result);

    /// Makes a job that has ended due again, with all its attempts. False when the target has no such job.
    boolean replayJob(Channel channel, String target, long id, Instant now);

    /// Makes at most `max` dead letters of a target due again that ended at `since` or later, the oldest first;
    /// returns how many.
    int replayDeadJobs(Channel channel, String target, Instant since, Instant now, int max);
}
