package waybill.server.notification;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import waybill.directory.Directory;
import waybill.hub.notification.MessageTemplates;
import waybill.hub.outbound.OutboundChannel;
import waybill.hub.projection.DisplayNames;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.messaging.ClientCheckpoints;
import waybill.notification.Receipts;
import waybill.outbound.Channel;
import waybill.server.mail.Mailer;
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
        NoticeRetries retries,
        Executor blockingExecutor,
        InstantSource clock) {

    /// The ports of the store that the channels need.
    public record Ports(
            EventLog eventLog,
            Directory directory,
            ClientCheckpoints clientCheckpoints,
            Receipts receipts,
            Journal journal) {}

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
        return new OutboundChannel(
                Channel.PUSH, new NoticeRouting(Channel.PUSH, grace), sender, retries.schedule(), retries.push());
    }

    public OutboundChannel mail(Mailer mailer) {
        var sender = new MailJobSender(mailer, reader(), store.directory(), names, templates, blockingExecutor);
        return new OutboundChannel(
                Channel.MAIL,
                new NoticeRouting(Channel.MAIL, Duration.ZERO),
                sender,
                retries.schedule(),
                retries.mail());
    }

    private NoticeReader reader() {
        return new NoticeReader(store.eventLog(), store.directory(), store.clientCheckpoints(), clock);
    }
}
