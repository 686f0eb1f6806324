package waybill.server.notification;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import waybill.directory.Directory;
import waybill.hub.notification.MessageTemplates;
import waybill.hub.outbound.JobLimits;
import waybill.hub.outbound.OutboundChannel;
import waybill.hub.projection.DisplayNames;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.messaging.ClientCheckpoints;
import waybill.notification.Receipts;
import waybill.outbound.Channel;
import waybill.outbound.RetrySchedule;
import waybill.server.mail.SmtpMailer;
import waybill.server.push.PushService;

/// The outbound channels of notices.
///
/// @param store what they read and write of the store
/// @param names of stores and drivers
/// @param grace for how long a push message waits for a socket of its user to receive the event
public record NotificationChannels(
        Ports store,
        DisplayNames names,
        MessageTemplates templates,
        Duration grace,
        Executor blockingExecutor,
        InstantSource clock) {

    /// The ports of the store that the channels need.
    public record Ports(
            EventLog eventLog,
            Directory directory,
            ClientCheckpoints clientCheckpoints,
            Receipts receipts,
            Journal journal) {}

    /// Some hours in all, since a message is of no use after them.
    private static final RetrySchedule SCHEDULE = new RetrySchedule(List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(1)));

    /// One at a time for a user, so that its messages come in their order.
    private static final JobLimits PUSH_LIMITS = new JobLimits(64, 1, Duration.ofSeconds(60), Duration.ofMinutes(2));

    /// A mail server takes few connections at a time.
    private static final JobLimits MAIL_LIMITS = new JobLimits(8, 2, Duration.ofSeconds(90), Duration.ofMinutes(3));

    public OutboundChannel push(Optional<PushService> fcm, Optional<PushService> webPush) {
        var sender = new PushJobSender(
                fcm,
                webPush,
                reader(),
                store.directory(),
                store.receipts(),
                names,
                templates,
                store.journal(),
                blockingExecutor,
                clock);
        return new OutboundChannel(Channel.PUSH, new NoticeRouting(Channel.PUSH, grace), sender, SCHEDULE, PUSH_LIMITS);
    }

    public OutboundChannel mail(SmtpMailer mailer) {
        var sender = new MailJobSender(mailer, reader(), store.directory(), names, templates, blockingExecutor);
        return new OutboundChannel(
                Channel.MAIL, new NoticeRouting(Channel.MAIL, Duration.ZERO), sender, SCHEDULE, MAIL_LIMITS);
    }

    private NoticeReader reader() {
        return new NoticeReader(store.eventLog(), store.directory(), store.clientCheckpoints(), clock);
    }
}
