package waybill.server.notification;

import java.time.Duration;
import java.util.List;
import waybill.hub.outbound.JobLimits;
import waybill.outbound.RetrySchedule;

/// How often and how many messages are sent.
///
/// @param schedule when a message that failed is sent again
public record NoticeRetries(RetrySchedule schedule, JobLimits push, JobLimits mail) {

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

    public static NoticeRetries defaults() {
        return new NoticeRetries(SCHEDULE, PUSH_LIMITS, MAIL_LIMITS);
    }
}
