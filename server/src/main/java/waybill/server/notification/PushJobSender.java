package waybill.server.notification;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.directory.Device;
import waybill.directory.Directory;
import waybill.directory.Person;
import waybill.hub.notification.MessageTemplates;
import waybill.hub.outbound.JobSender;
import waybill.hub.projection.DisplayNames;
import waybill.hub.schedule.BlockingReads;
import waybill.journal.Journal;
import waybill.notification.Receipts;
import waybill.outbound.JobOutcome;
import waybill.outbound.OutboundJob;
import waybill.server.push.PushMessage;
import waybill.server.push.PushResult;
import waybill.server.push.PushService;

/// Sends a notice to all devices of its receiver. One that the push service does not know any more is deleted. Of
/// several
/// devices each that has its message gets a receipt, so that a retry is for the others. Thread-safe; it never blocks.
final class PushJobSender implements JobSender {

    /// Devices that one job is sent to: ten of each of twenty merchants of a store.
    static final int DEVICES_MAX = 200;

    private static final int RECEIVER_BYTES = 18;

    private final Optional<PushService> fcm;
    private final Optional<PushService> webPush;
    private final NoticeReader reader;
    private final Directory directory;
    private final Receipts receipts;
    private final DisplayNames names;
    private final MessageTemplates templates;
    private final Journal journal;
    private final Executor blockingExecutor;
    private final InstantSource clock;

    PushJobSender(
            Optional<PushService> fcm,
            Optional<PushService> webPush,
            NoticeReader reader,
            Directory directory,
            Receipts receipts,
            DisplayNames names,
            MessageTemplates templates,
            Journal journal,
            Executor blockingExecutor,
            InstantSource clock) {
        this.fcm = fcm;
        this.webPush = webPush;
        this.reader = reader;
        this.directory = directory;
        this.receipts = receipts;
        this.names = names;
        this.templates = templates;
        this.journal = journal;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
    }

    /// A message for one device.
    private record Delivery(Device device, PushService service, PushMessage message) {}

    /// What a job has to do, or why it has nothing to do.
    private record Plan(
            List<Delivery> deliveries,
            int devices,
            @Nullable String skipReasonOrNone) {

        static Plan skip(String reason) {
            return new Plan(List.of(), 0, reason);
        }
    }

    @Override
    public CompletableFuture<JobOutcome> send(OutboundJob job) {
        return BlockingReads.supply(blockingExecutor, () -> plan(job))
                .thenCompose(plan -> plan.skipReasonOrNone() == null
                        ? send(job, plan)
                        : CompletableFuture.completedFuture(new JobOutcome.Skipped(plan.skipReasonOrNone())))
                .exceptionally(error -> new JobOutcome.Failed(
                        "the hub could not read the event: " + error.getClass().getSimpleName()));
    }

    private Plan plan(OutboundJob job) {
        return switch (reader.find(job)) {
            case NoticeReader.Found.Skip(var reason) -> Plan.skip(reason);
            case NoticeReader.Found.Due due -> plan(job, due);
        };
    }

    private Plan plan(OutboundJob job, NoticeReader.Found.Due due) {
        var newer = reader.findNewer(due);
        if (newer.isPresent()) {
            return Plan.skip("replaced: event " + newer.get() + " of the order is newer");
        }
        var users = reader.users(due.notice().target());
        var absent = users.stream()
                .filter(user -> !reader.hasReceived(user, job.sequence()))
                .toList();
        if (absent.isEmpty() && !users.isEmpty()) {
            return Plan.skip("received: a socket of the user has the event");
        }
        var devices = absent.stream()
                .flatMap(user -> directory.listDevices(user, DEVICES_MAX).stream())
                .filter(device -> service(device).isPresent())
                .limit(DEVICES_MAX)
                .toList();
        if (devices.isEmpty()) {
            return Plan.skip("no device that a configured push service reaches");
        }
        var done = receipts.listReceivers(job.id());
        var deliveries = devices.stream()
                .filter(device -> !done.contains(receiver(device)))
                .flatMap(device ->
                        service(device).map(service -> new Delivery(device, service, message(due, device))).stream())
                .toList();
        return new Plan(deliveries, devices.size(), null);
    }

    private Optional<PushService> service(Device device) {
        return device.subscription().isPresent() ? webPush : fcm;
    }

    private static String receiver(Device device) {
        return NoticeValues.hash(device.token(), RECEIVER_BYTES);
    }

    private PushMessage message(NoticeReader.Found.Due due, Device device) {
        var notice = due.notice();
        var locale =
                device.locale().or(() -> directory.findPerson(device.user()).flatMap(Person::locale));
        var text = templates.render(
                notice.trigger(), notice.role(), locale, NoticeValues.forTemplates(due.entry(), names));
        return new PushMessage(
                text.title(),
                text.body(),
                NoticeValues.forApp(due.entry(), notice),
                NoticeValues.topic(due.entry()),
                notice.trigger().expiresIn(),
                true);
    }

    private CompletableFuture<JobOutcome> send(OutboundJob job, Plan plan) {
        var sent = plan.deliveries().stream()
                .map(delivery -> send(job, delivery, plan.devices() > 1))
                .toList();
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .thenApply(
                        _ -> outcome(sent.stream().map(CompletableFuture::join).toList(), plan.devices()));
    }

    private CompletableFuture<PushResult> send(OutboundJob job, Delivery delivery, boolean needsReceipt) {
        var device = delivery.device();
        return delivery.service().push(device, delivery.message()).thenCompose(result -> switch (result) {
            case PushResult.Sent _
            when needsReceipt ->
                stored(result, journal.submitSoon(work -> {
                    work.saveReceipt(job.id(), receiver(device), clock.instant());
                    return true;
                }));
            case PushResult.Gone _ ->
                stored(result, journal.submitSoon(work -> work.deleteDevice(device.user(), device.token())));
            case PushResult.Sent _, PushResult.Failed _, PushResult.Rejected _ ->
                CompletableFuture.completedFuture(result);
        });
    }

    /// A change that cannot be stored does not undo the message: it is at worst sent again, and replaces itself.
    private static CompletableFuture<PushResult> stored(PushResult result, CompletableFuture<Boolean> change) {
        return change.handle((_, _) -> result);
    }

    private static JobOutcome outcome(List<PushResult> results, int devices) {
        var failures = new ArrayList<PushResult.Failed>();
        var others = new ArrayList<String>();
        for (var result : results) {
            switch (result) {
                case PushResult.Sent _ -> {}
                case PushResult.Failed failed -> failures.add(failed);
                case PushResult.Gone(var reason) -> others.add(reason);
                case PushResult.Rejected(var reason) -> others.add(reason);
            }
        }
        var reached = devices - failures.size() - others.size();
        var detail = reached + " of " + devices + " devices";
        if (!failures.isEmpty()) {
            var wait = failures.stream()
                    .flatMap(failed -> failed.retryAfter().stream())
                    .max(Duration::compareTo);
            return new JobOutcome.Failed(detail + "; " + failures.getFirst().reason(), wait.orElse((Duration) null));
        }
        var reasons = Stream.concat(Stream.of(detail), others.stream().limit(1)).toList();
        if (reached > 0) {
            return new JobOutcome.Delivered(String.join("; ", reasons));
        }
        return results.stream().anyMatch(PushResult.Rejected.class::isInstance)
                ? new JobOutcome.Rejected(String.join("; ", reasons))
                : new JobOutcome.Skipped(String.join("; ", reasons));
    }
}
