package waybill.server;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.outbound.JobRunner;
import waybill.hub.outbound.OutboundChannel;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.UnitOfWork;

/// What is sent to other systems, and to people without a socket: the channels that are configured, each with a runner.
public record OutboundPart(List<JobRunner> runners) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboundPart.class);

    public static OutboundPart start(Platform platform, StoragePart storage, ClusterPart cluster, CorePart core) {
        var channels = channels();
        var store = storage.store();
        if (!channels.isEmpty()) {
            store.onAppend(routing(channels));
        }
        var environment = new JobRunner.Environment(
                store.outboundJobs(),
                store.journal(),
                cluster.node(),
                store.eventLog()::lastSequence,
                core.blockingExecutor(),
                platform.clock(),
                platform::elapsedMs,
                platform.random());
        return new OutboundPart(channels.stream()
                .map(channel -> new JobRunner(
                        channel.channel(), channel.sender(), channel.schedule(), channel.limits(), environment))
                .toList());
    }

    /// Those that are configured.
    private static List<OutboundChannel> channels() {
        return List.of();
    }

    /// A channel that fails by a bug must not stop orders: its jobs of that event are missing.
    private static AppendListener routing(List<OutboundChannel> channels) {
        return (work, entry) -> channels.forEach(channel -> route(channel, work, entry));
    }

    private static void route(OutboundChannel channel, UnitOfWork work, LogEntry entry) {
        try {
            channel.routing().onAppend(work, entry);
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.error(
                    "event {} has no jobs for {} because of a bug",
                    entry.sequence(),
                    channel.channel().wireName(),
                    e);
        }
    }

    /// Called often; cheap until something is due.
    void runDue() {
        runners.forEach(JobRunner::runDue);
    }

    @Override
    public void close() {
        // the journal is still open: what is being sent is stored if its outcome comes, and sent again otherwise
    }
}
