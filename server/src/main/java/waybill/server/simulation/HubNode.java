package waybill.server.simulation;

import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import waybill.hub.alert.AlertThresholds;
import waybill.hub.dispatch.DispatchSettings;
import waybill.hub.outbound.JobLimits;
import waybill.journal.EventLog;
import waybill.outbound.RetrySchedule;
import waybill.server.ClusterPart;
import waybill.server.Config;
import waybill.server.EmbeddedHub;
import waybill.server.IntegrationSettings;
import waybill.server.NotificationConfig;
import waybill.server.OrderSettings;
import waybill.server.Platform;
import waybill.server.StoragePart;
import waybill.server.mail.MailConfig;
import waybill.server.notification.NoticeRetries;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.InProcessRequest;
import waybill.server.webhook.WebhookConfig;
import waybill.storage.simulated.SimulatedDisk;

/// One run of the hub, from its start to the death of its process.
final class HubNode {

    private static final int LOOPS = 2;
    private static final Duration ACCEPT_WITHIN = Duration.ofSeconds(20);
    private static final Duration OFFER_TIMEOUT = Duration.ofSeconds(3);

    /// Seconds in the place of minutes and hours, or most of a simulation would wait for the last webhook.
    private static final RetrySchedule RETRIES = new RetrySchedule(Collections.nCopies(12, Duration.ofSeconds(2)));

    private static final JobLimits LIMITS = new JobLimits(64, 8, Duration.ofSeconds(8), Duration.ofSeconds(12));

    /// Few attempts, so that some messages fail for good.
    static final NoticeRetries NOTICE_RETRIES = new NoticeRetries(
            new RetrySchedule(Collections.nCopies(3, Duration.ofSeconds(2))),
            new JobLimits(64, 1, Duration.ofSeconds(8), Duration.ofSeconds(12)),
            new JobLimits(8, 2, Duration.ofSeconds(8), Duration.ofSeconds(12)));

    /// Long enough for most sockets to receive an event first.
    private static final Duration PUSH_GRACE = Duration.ofSeconds(2);

    private final SimulatedProcess process;
    private final List<SimulatedEventLoop> loops;
    private final EmbeddedHub hub;
    private final boolean isShared;
    private int accepted;

    private HubNode(SimulatedProcess process, List<SimulatedEventLoop> loops, EmbeddedHub hub, boolean isShared) {
        this.process = process;
        this.loops = loops;
        this.hub = hub;
        this.isShared = isShared;
    }

    /// The servers of others that a hub sends to.
    record Services(WebhookReceiver webhooks, SimulatedNotifications notifications) {}

    /// Starts the hub on the data in a directory.
    ///
    /// @param member its place among several nodes; none if it is the only one
    static HubNode start(
            Path data,
            SimulatedProcess process,
            SplittableRandom random,
            SimulatedDisk disk,
            Services services,
            Optional<SimulatedCluster.Member> member) {
        var events = process.events();
        var platform = new Platform(
                member.map(SimulatedCluster.Member::clock).orElse(events.clock()),
                events.ticker()::nanoTime,
                new SeededRandom(random.nextLong()),
                new SimulatedThreads(process),
                disk,
                (_, _, _) -> services.webhooks().transport(process),
                services.notifications().services(process));
        var orders = new OrderSettings("WB", ACCEPT_WITHIN, Duration.ZERO, Duration.ZERO)
                .withDispatch(DispatchSettings.defaults().withOfferTimeout(OFFER_TIMEOUT));
        var config = config(data, orders);
        var hub = member.map(place -> start(config, platform, place, process))
                .orElseGet(() -> EmbeddedHub.start(config, platform));
        var loops = new SimulatedEventLoop[LOOPS];
        for (var i = 0; i < LOOPS; i++) {
            loops[i] = new SimulatedEventLoop("loop " + i, process);
        }
        return new HubNode(process, List.of(loops), hub, member.isPresent());
    }

    private static EmbeddedHub start(
            Config config, Platform platform, SimulatedCluster.Member member, SimulatedProcess process) {
        member.start(process, config.data());
        var storage = StoragePart.openShared(config, platform, member.database(), member.link());
        var cluster =
                ClusterPart.over(member.bus(), member.processName(), (_, local) -> local, config, platform, storage);
        return EmbeddedHub.start(config, platform, storage, cluster);
    }

    /// Without alerts, which look at the machine's disk.
    private static Config config(Path data, OrderSettings orders) {
        return Config.defaults(data)
                .withOrders(orders)
                .withWebhooks(WebhookConfig.defaults().withRetries(RETRIES, LIMITS))
                .withNotifications(NotificationConfig.defaults()
                        .withFcm(new NotificationConfig.FcmConfig(Path.of("not-read.json")))
                        .withMail(new MailConfig(
                                "mail.example.com", 25, MailConfig.Security.NONE, "hub@example.com", null))
                        .withGrace(PUSH_GRACE)
                        .withRetries(NOTICE_RETRIES))
                .withIntegrations(IntegrationSettings.defaults().withAlerts(AlertThresholds.OFF));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    EmbeddedHub hub() {
        return hub;
    }

    EventLog eventLog() {
        return hub.eventLog();
    }

    /// A client connects.
    SimulatedChannel accept(Consumer<byte[]> output, Runnable onClosed) {
        var loop = loops.get(accepted++ % LOOPS);
        var channel = new SimulatedChannel(loop, output, onClosed);
        loop.execute(() -> {
            channel.pipeline().addLast("codec", new HttpServerCodec());
            hub.attach(channel.pipeline(), "codec");
            loop.register(channel);
        });
        return channel;
    }

    /// Runs what arrives from outside, once the process is not paused.
    void whenAwake(Runnable arrival) {
        process.runWhenAwake("arrival", arrival);
    }

    CompletionStage<ApiResponse> handle(InProcessRequest request) {
        return hub.handle(request);
    }

    /// The process dies: nothing that it was about to do happens.
    void kill() {
        process.kill();
    }

    /// Lets go of what the process had open. One of several nodes gives up no lease: it is dead.
    void release() {
        if (!isShared) {
            hub.close();
        }
    }
}
