package waybill.server.notification;

import java.time.Duration;
import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.UnitOfWork;
import waybill.notification.Notice;
import waybill.notification.Notices;
import waybill.notification.Target;
import waybill.outbound.Channel;
import waybill.outbound.NewJob;

/// Adds a job for each receiver of an event that the channel can reach now: by push one that has a device, by e-mail
/// one
/// with an address. Called on the journal's thread.
///
/// @param grace how long after the event a job is due: a user whose socket receives the event meanwhile needs no
/// message
public record NoticeRouting(Channel channel, Duration grace) implements AppendListener {

    @Override
    public void onAppend(UnitOfWork work, LogEntry entry) {
        for (var notice : Notices.of(entry.event(), entry.order(), entry.actor())) {
            if (notice.channels().contains(channel) && isReachable(work, notice)) {
                work.addJob(new NewJob(
                        channel,
                        notice.target().key(),
                        notice.trigger().wireName(),
                        entry.sequence(),
                        entry.receivedAt(),
                        entry.receivedAt().plus(grace)));
            }
        }
    }

    private boolean isReachable(UnitOfWork work, Notice notice) {
        return switch (channel) {
            case PUSH ->
                switch (notice.target()) {
                    case Target.OfUser(var user) -> work.hasDevice(user);
                    case Target.OfStore(var store) -> work.hasDeviceOfStore(store);
                };
            case MAIL ->
                switch (notice.target()) {
                    case Target.OfUser(var user) ->
                        work.findPerson(user).flatMap(person -> person.email()).isPresent();
                    case Target.OfStore _ -> false;
                };
            case WEBHOOK -> false;
        };
    }
}
