package waybill.server.notification;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import waybill.directory.Directory;
import waybill.hub.notification.MessageTemplates;
import waybill.hub.outbound.JobSender;
import waybill.hub.projection.DisplayNames;
import waybill.hub.schedule.BlockingReads;
import waybill.notification.Target;
import waybill.outbound.JobOutcome;
import waybill.outbound.OutboundJob;
import waybill.server.mail.MailMessage;
import waybill.server.mail.MailResult;
import waybill.server.mail.Mailer;

/// Sends a notice to the address of a user. A server that has taken it and could not say so gets it again, under the
/// same id. Thread-safe; it never blocks.
record MailJobSender(
        Mailer mailer,
        NoticeReader reader,
        Directory directory,
        DisplayNames names,
        MessageTemplates templates,
        Executor blockingExecutor)
        implements JobSender {

    @Override
    public CompletableFuture<JobOutcome> send(OutboundJob job) {
        return BlockingReads.supply(blockingExecutor, () -> message(job))
                .thenCompose(message -> message.isEmpty()
                        ? CompletableFuture.completedFuture(new JobOutcome.Skipped("the user has no address"))
                        : mailer.send(message.get()).thenApply(MailJobSender::outcome))
                .exceptionally(error -> new JobOutcome.Failed(
                        "the hub could not read the event: " + error.getClass().getSimpleName()));
    }

    private Optional<MailMessage> message(OutboundJob job) {
        return switch (reader.find(job)) {
            case NoticeReader.Found.Skip _ -> Optional.empty();
            case NoticeReader.Found.Due due ->
                switch (due.notice().target()) {
                    case Target.OfStore _ -> Optional.empty();
                    case Target.OfUser(var user) ->
                        directory
                                .findPerson(user)
                                .flatMap(person -> person.email().map(address -> {
                                    var notice = due.notice();
                                    var text = templates.render(
                                            notice.trigger(),
                                            notice.role(),
                                            person.locale(),
                                            NoticeValues.forTemplates(due.entry(), names));
                                    return new MailMessage(
                                            id(job, due),
                                            address,
                                            person.locale().orElse(MessageTemplates.DEFAULT_LANGUAGE),
                                            text.title(),
                                            text.body());
                                }));
                };
        };
    }

    /// The same on every node, and different from that of another hub, since an order's id is.
    private static String id(OutboundJob job, NoticeReader.Found.Due due) {
        return "job-" + job.id()
                + due.entry().order().map(order -> "." + order.id()).orElse("");
    }

    private static JobOutcome outcome(MailResult result) {
        return switch (result) {
            case MailResult.Sent() -> new JobOutcome.Delivered("the mail server has taken it");
            case MailResult.Failed(var reason) -> new JobOutcome.Failed(reason);
            case MailResult.Rejected(var reason) -> new JobOutcome.Rejected(reason);
        };
    }
}
