package waybill.server.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.journal.LogEntry;
import waybill.notification.Notice;
import waybill.notification.Notices;
import waybill.notification.Target;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;

/// What must have become of every notice at the end: its service has it, it is a dead letter that its service or the
/// last attempt explains, or there was no reason to send it.
final class NoticeChecks {

    /// A customer without a socket, whose orders are placed over REST.
    static final SimulatedUser OFFLINE = SimulatedUser.of("tim", Role.CUSTOMER, Protocol.REALTIME);

    /// The devices of users, by their tokens.
    static final Map<SimulatedUser, List<String>> DEVICES = Map.of(
            OFFLINE,
            List.of("tim-phone", "tim-tablet"),
            SimulatedUser.of("kari", Role.DRIVER, Protocol.MARKETPLACE),
            List.of("kari-phone"),
            SimulatedUser.merchant("mo", "acme", Protocol.MARKETPLACE),
            List.of("mo-phone"));

    private static final int PAGE = 500;

    private final CommittedLog log;
    private final MessageService pushes;
    private final MessageService mails;
    private final long devicesSince;
    private final Map<String, Integer> counts;

    /// @param devicesSince the event since which all devices were registered
    /// @param counts receives how many notices of each channel ended in each state
    NoticeChecks(
            CommittedLog log,
            MessageService pushes,
            MessageService mails,
            long devicesSince,
            Map<String, Integer> counts) {
        this.log = log;
        this.pushes = pushes;
        this.mails = mails;
        this.devicesSince = devicesSince;
        this.counts = counts;
    }

    /// What names a message for a device.
    static String pushId(String eventId, String type, String token) {
        return "event " + eventId + " " + type + " for " + token;
    }

    void verify(OutboundJobs stored) {
        var jobs = jobs(stored);
        for (var entry : log.entries()) {
            for (var notice : Notices.of(entry.event(), entry.order(), entry.actor())) {
                for (var channel : notice.channels()) {
                    if (entry.sequence() > devicesSince && isReachable(channel, notice.target())) {
                        verify(channel, notice, entry, jobs);
                    }
                }
            }
        }
    }

    private static Map<String, OutboundJob> jobs(OutboundJobs stored) {
        var jobs = new HashMap<String, OutboundJob>();
        var filter = new OutboundJobs.JobFilter(Set.of(Channel.PUSH, Channel.MAIL), Set.of(JobState.values()));
        var before = Long.MAX_VALUE;
        for (var page = stored.listJobs(filter, before, PAGE);
                !page.isEmpty();
                page = stored.listJobs(filter, before, PAGE)) {
            for (var job : page) {
                if (jobs.put(key(job.channel(), job.target(), job.kind(), job.sequence()), job) != null) {
                    throw new InvariantViolation("two jobs for one notice: " + job);
                }
            }
            before = page.getLast().id();
        }
        return jobs;
    }

    private static String key(Channel channel, String target, String kind, long sequence) {
        return String.join(" ", channel.wireName(), target, kind, Long.toString(sequence));
    }

    private static boolean isReachable(Channel channel, Target target) {
        return switch (channel) {
            case PUSH -> DEVICES.keySet().stream().anyMatch(user -> isOf(user, target));
            case MAIL ->
                target instanceof Target.OfUser(var user)
                        && user.role() == Role.CUSTOMER
                        && !user.equals(OFFLINE.principal().user());
            case WEBHOOK -> false;
        };
    }

    private static boolean isOf(SimulatedUser user, Target target) {
        return switch (target) {
            case Target.OfUser(var one) -> one.equals(new UserId(user.role(), user.id()));
            case Target.OfStore(var store) -> user.store().filter(store::equals).isPresent();
        };
    }

    private void verify(Channel channel, Notice notice, LogEntry entry, Map<String, OutboundJob> jobs) {
        var key = key(channel, notice.target().key(), notice.trigger().wireName(), entry.sequence());
        var job = jobs.get(key);
        if (job == null) {
            throw new InvariantViolation("no job: " + key + " (expected: one for each notice)");
        }
        var isExplained = switch (job.state()) {
            case PENDING -> false;
            case DELIVERED -> isTaken(notice, job);
            case SKIPPED -> isSkippable(notice, entry, job);
            case DEAD -> isDead(notice, job);
        };
        if (!isExplained) {
            throw new InvariantViolation("a notice was not sent, and nothing explains it: " + job);
        }
        counts.merge(channel.wireName() + " " + job.state().wireName(), 1, Integer::sum);
    }

    /// One device has it, and each other one's service has rejected it.
    private boolean isTaken(Notice notice, OutboundJob job) {
        if (job.channel() == Channel.MAIL) {
            return mails.hasTaken(mailId(job));
        }
        var ids = pushIds(notice, job);
        return ids.stream().anyMatch(pushes::hasTaken)
                && ids.stream().allMatch(id -> pushes.hasTaken(id) || pushes.hasRejected(id));
    }

    private boolean isSkippable(Notice notice, LogEntry entry, OutboundJob job) {
        return job.channel() == Channel.PUSH
                && ((job.detail().startsWith("received") && !isOf(OFFLINE, notice.target()))
                        || (job.detail().startsWith("replaced") && isReplaced(notice, entry)));
    }

    private boolean isReplaced(Notice notice, LogEntry entry) {
        return log.order(entry.order().orElseThrow().id().toString()).orElseThrow().stream()
                .filter(later -> later.sequence() > entry.sequence())
                .flatMap(later -> Notices.of(later.event(), later.order(), later.actor()).stream())
                .anyMatch(later -> later.target().equals(notice.target())
                        && later.channels().contains(Channel.PUSH));
    }

    private boolean isDead(Notice notice, OutboundJob job) {
        var service = job.channel() == Channel.MAIL ? mails : pushes;
        var ids = job.channel() == Channel.MAIL ? List.of(mailId(job)) : pushIds(notice, job);
        var isExhausted = job.attempts() >= HubNode.NOTICE_RETRIES.schedule().attemptsMax()
                && ids.stream().anyMatch(service::hasFailed);
        return !job.detail().isBlank() && (isExhausted || ids.stream().anyMatch(service::hasRejected));
    }

    private static String mailId(OutboundJob job) {
        return "job-" + job.id();
    }

    private static List<String> pushIds(Notice notice, OutboundJob job) {
        return DEVICES.entrySet().stream()
                .filter(devices -> isOf(devices.getKey(), notice.target()))
                .flatMap(devices -> devices.getValue().stream())
                .map(token ->
                        pushId(Long.toString(job.sequence()), notice.trigger().wireName(), token))
                .toList();
    }
}
