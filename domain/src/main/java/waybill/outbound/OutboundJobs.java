package waybill.outbound;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the committed outbound jobs. A port: `storage` implements it. [JobWriter] changes them.
public interface OutboundJobs {

    /// Selects the jobs of a channel that are due. Targets take turns: each query goes on with the target after the
    /// last one.
    ///
    /// @param afterTarget the last target of the page before; empty for the first page
    /// @param without targets that take no more jobs now
    /// @param perTargetMax jobs of one target
    record DueQuery(Channel channel, Instant now, String afterTarget, Set<String> without, int perTargetMax, int max) {}

    /// Some of the jobs that are due.
    ///
    /// @param lastTarget the last one that was looked at; empty after all of them
    record DuePage(List<OutboundJob> jobs, String lastTarget) {}

    /// The jobs that are due, of each target the one first that has been due for longest.
    DuePage listDue(DueQuery query);

    Optional<OutboundJob> findJob(long id);

    /// At most `max` jobs of a target with ids below `before`, newest first.
    List<OutboundJob> listJobs(Channel channel, String target, long before, int max);

    /// Which jobs are listed.
    record JobFilter(Set<Channel> channels, Set<JobState> states) {

        public static final JobFilter ALL = new JobFilter(Set.of(Channel.values()), Set.of(JobState.values()));

        public JobFilter {
            channels = Set.copyOf(channels);
            states = Set.copyOf(states);
        }
    }

    /// At most `max` jobs with ids below `before`, newest first.
    List<OutboundJob> listJobs(JobFilter filter, long before, int max);

    /// The jobs of these events, by event and id.
    List<OutboundJob> listJobsOf(List<Long> sequences);

    /// How many jobs of a channel are in that state.
    long countJobs(Channel channel, JobState state);
}
