package waybill.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.outbound.JobRunner;
import waybill.hub.outbound.OutboundChannel;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.UnitOfWork;
import waybill.outbound.Channel;
import waybill.outbound.WebhookEndpoint;
import waybill.server.webhook.WebhookRouting;
import waybill.server.webhook.WebhookSender;
import waybill.server.webhook.WebhookTransport;

/// What is sent to other systems, and to people without a socket: the channels that are configured, each with a runner.
public record OutboundPart(List<JobRunner> runners, WebhookTransport webhookTransport) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboundPart.class);

    public static OutboundPart start(
            Config config,
            Platform platform,
            StoragePart storage,
            ClusterPart cluster,
            CorePart core,
            NotificationPart notifications) {
        var transport = platform.webhooks().open(config.webhooks(), platform.threads(), platform.clock());
        var channels = Stream.concat(
                        Stream.of(webhooks(config, platform, storage, core, transport)),
                        notifications.channels().stream())
                .toList();
        var store = storage.store();
        store.onAppend(routing(channels));
        var environment = new JobRunner.Environment(
                store.outboundJobs(),
                store.journal(),
                cluster.node(),
                store.eventLog()::lastSequence,
                core.blockingExecutor(),
                platform.clock(),
                platform::elapsedMs,
                platform.random());
        var runners = channels.stream()
                .map(channel -> new JobRunner(
                        channel.channel(),
                        channel.sender(),
                        channel.schedule(),
                        channel.limits(),
                        environment,
                        cluster.leases()))
                .toList();
        return new OutboundPart(runners, transport);
    }

    private static OutboundChannel webhooks(
            Config config, Platform platform, StoragePart storage, CorePart core, WebhookTransport transport) {
        var store = storage.store();
        return new OutboundChannel(
                Channel.WEBHOOK,
                new WebhookRouting(WebhookEndpoint.PENDING_MAX),
                new WebhookSender(
                        store.webhooks(),
                        store.eventLog(),
                        transport,
                        config.webhooks(),
                        core.blockingExecutor(),
                        platform.clock()),
                config.webhooks().schedule(),
                config.webhooks().limits());
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

    /// The jobs of each channel that were to be sent when they were last counted.
    Map<Channel, Long> countPending() {
        return runners.stream()
                .collect(Collectors.toMap(
                        JobRunner::channel, runner -> runner.counters().pendingJobs()));
    }

    /// Called often; cheap until something is due.
    void runDue() {
        runners.forEach(JobRunner::runDue);
    }

    @Override
    public void close() {
        runners.forEach(JobRunner::close);
        webhookTransport.close(); // what is being sent has no outcome, and is sent again
    }
}
