package waybill.server.notification;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import waybill.access.UserId;
import waybill.directory.Directory;
import waybill.directory.Person;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.messaging.ClientCheckpoints;
import waybill.notification.Notice;
import waybill.notification.Notices;
import waybill.notification.Target;
import waybill.notification.Trigger;
import waybill.outbound.Channel;
import waybill.outbound.OutboundJob;

/// Reads what a job of a notice is about, from the committed log. Blocks on the disk.
final class NoticeReader {

    /// Merchants of a store that are told of an event; the others see it in their app.
    static final int MERCHANTS_MAX = 20;

    private final EventLog eventLog;
    private final Directory directory;
    private final ClientCheckpoints checkpoints;
    private final InstantSource clock;

    NoticeReader(EventLog eventLog, Directory directory, ClientCheckpoints checkpoints, InstantSource clock) {
        this.eventLog = eventLog;
        this.directory = directory;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /// The notice of a job with its event, or why it is not sent.
    sealed interface Found {

        record Due(LogEntry entry, Notice notice) implements Found {}

        record Skip(String reason) implements Found {}
    }

    Found find(OutboundJob job) {
        var entry = eventLog.find(job.sequence());
        if (entry.isEmpty()) {
            return new Found.Skip("the event is no longer stored");
        }
        var trigger = Trigger.parse(job.kind());
        var notice = notices(entry.get()).stream()
                .filter(one -> trigger.filter(one.trigger()::equals).isPresent()
                        && one.target().key().equals(job.target()))
                .findFirst();
        if (notice.isEmpty()) {
            return new Found.Skip("the event is no reason for a message any more");
        }
        if (entry.get().receivedAt().plus(notice.get().trigger().expiresIn()).isBefore(clock.instant())) {
            return new Found.Skip("too late: the event is older than "
                    + notice.get().trigger().expiresIn().toMinutes() + " minutes");
        }
        return new Found.Due(entry.get(), notice.get());
    }

    private static List<Notice> notices(LogEntry entry) {
        return Notices.of(entry.event(), entry.order(), entry.actor());
    }

    /// The newer event of the same order that the same receiver is pushed, if there is one: a screen shows the newest
    /// alone.
    Optional<Long> findNewer(Found.Due due) {
        return due.entry()
                .order()
                .flatMap(order -> eventLog.listHistory(order.id()).stream()
                        .filter(later -> later.sequence() > due.entry().sequence())
                        .filter(later -> notices(later).stream()
                                .anyMatch(notice ->
                                        notice.target().equals(due.notice().target())
                                                && notice.channels().contains(Channel.PUSH)))
                        .map(LogEntry::sequence)
                        .findFirst());
    }

    List<UserId> users(Target target) {
        return switch (target) {
            case Target.OfUser(var user) -> List.of(user);
            case Target.OfStore(var store) ->
                directory.listMerchants(store, MERCHANTS_MAX).stream()
                        .map(Person::user)
                        .toList();
        };
    }

    /// Whether a socket of the user has received all of its events up to this one.
    boolean hasReceived(UserId user, long sequence) {
        return checkpoints.listCheckpoints(user.toString()).stream()
                .anyMatch(checkpoint -> checkpoint.sequence() >= sequence);
    }
}
