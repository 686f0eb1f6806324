package waybill.server.simulation;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import waybill.directory.Device;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.server.NotificationConfig;
import waybill.server.NotificationServices;
import waybill.server.Platform;
import waybill.server.mail.MailConfig;
import waybill.server.mail.MailMessage;
import waybill.server.mail.MailResult;
import waybill.server.mail.Mailer;
import waybill.server.outbound.AddressGuard;
import waybill.server.push.PushMessage;
import waybill.server.push.PushResult;
import waybill.server.push.PushService;
import waybill.server.push.VapidKey;

/// The push service and the mail server of a simulation, and the devices of its users.
final class SimulatedNotifications {

    /// How often the jobs that are to be sent are counted.
    private static final long COUNT_EVERY_MS = 500;

    private static final int OK_MAX = 299;

    private final World world;
    private final CommittedLog log;
    private final RestClient rest;
    private final MessageService pushes;
    private final MessageService mails;
    private final Map<String, Integer> counts = new TreeMap<>();
    private long registeredUpTo; // the newest event when the last device was registered
    private int unregistered;
    private long countedAtMs = -COUNT_EVERY_MS;
    private long pending;

    /// @param lastFaultNanos when a commit of the hub failed last, or until when nodes are disturbed
    SimulatedNotifications(
            World world,
            CommittedLog log,
            RestClient rest,
            SplittableRandom random,
            LongSupplier lastFaultNanos,
            SenderChecks senders) {
        this.world = world;
        this.log = log;
        this.rest = rest;
        pushes = new MessageService(world, "push", random.split(), lastFaultNanos, senders);
        mails = new MessageService(world, "mail", random.split(), lastFaultNanos, senders);
    }

    void setFaulty(boolean value) {
        pushes.setFaulty(value);
        mails.setFaulty(value);
    }

    /// How many notices of each channel ended in each state.
    Map<String, Integer> counts() {
        return counts;
    }

    /// Registers devices: two of a user without a socket, and one of a driver and of a merchant with one.
    void registerDevices() {
        var tokens = NoticeChecks.DEVICES;
        unregistered = tokens.values().stream().mapToInt(List::size).sum();
        tokens.forEach((user, all) -> all.forEach(token -> register(user, token)));
    }

    private void register(SimulatedUser user, String token) {
        rest.send(
                user,
                "registerDevice",
                "",
                "device " + token,
                "{\"token\": \"" + token + "\", \"platform\": \"android\"}",
                (status, body) -> {
                    if (status > OK_MAX) {
                        throw new InvariantViolation("a device was rejected: " + body);
                    }
                    registeredUpTo = log.size();
                    unregistered--;
                });
    }

    /// What a process of the hub sends to.
    NotificationServices services(SimulatedProcess process) {
        return new NotificationServices() {
            @Override
            public PushService fcm(NotificationConfig.FcmConfig project, Platform platform) {
                return new Pushes(process);
            }

            @Override
            public PushService webPush(VapidKey key, URI contact, AddressGuard endpoints, Platform platform) {
                throw new UnsupportedOperationException("no browser is simulated");
            }

            @Override
            public Mailer mail(MailConfig server, Platform platform) {
                return new Mails(process);
            }
        };
    }

    private final class Pushes implements PushService {

        private final SimulatedProcess process;

        Pushes(SimulatedProcess process) {
            this.process = process;
        }

        @Override
        public CompletableFuture<PushResult> push(Device device, PushMessage message) {
            var data = message.data();
            var id = NoticeChecks.pushId(
                    data.getOrDefault("eventId", ""), data.getOrDefault("type", ""), device.token());
            return answered(answer -> pushes.send(process, id, answer), verdict -> switch (verdict) {
                case TAKEN -> new PushResult.Sent();
                case FAILED -> new PushResult.Failed("status 500", null);
                case REJECTED -> new PushResult.Rejected("status 400");
                case NO_ANSWER -> new PushResult.Failed("no response", null);
            });
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }

    private final class Mails implements Mailer {

        private final SimulatedProcess process;

        Mails(SimulatedProcess process) {
            this.process = process;
        }

        @Override
        public CompletableFuture<MailResult> send(MailMessage message) {
            var id = message.id().split("\\.", 2)[0];
            return answered(answer -> mails.send(process, id, answer), verdict -> switch (verdict) {
                case TAKEN -> new MailResult.Sent();
                case FAILED -> new MailResult.Failed("status 451");
                case REJECTED -> new MailResult.Rejected("status 550");
                case NO_ANSWER -> new MailResult.Failed("no response");
            });
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }

    private static <T> CompletableFuture<T> answered(
            Consumer<Consumer<MessageService.Verdict>> send, Function<MessageService.Verdict, T> result) {
        var answer = new CompletableFuture<T>();
        send.accept(verdict -> answer.complete(result.apply(verdict)));
        return answer;
    }

    /// Whether no message is to be sent any more. Counted from time to time.
    boolean isIdle() {
        var hub = world.hubOrNone();
        if (hub == null || unregistered > 0) {
            return false;
        }
        if (world.events().nowMs() - countedAtMs >= COUNT_EVERY_MS) {
            countedAtMs = world.events().nowMs();
            var jobs = hub.hub().outboundJobs();
            pending = jobs.countJobs(Channel.PUSH, JobState.PENDING) + jobs.countJobs(Channel.MAIL, JobState.PENDING);
        }
        return pending == 0;
    }

    /// Every notice has come to an end that its service knows of.
    void verify() {
        var hub = world.hubOrNone();
        if (hub == null) {
            throw new InvariantViolation("no hub runs");
        }
        new NoticeChecks(log, pushes, mails, registeredUpTo, counts)
                .verify(hub.hub().outboundJobs());
    }
}
