package waybill.outbound;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What has become of a job.
public enum JobState {
    /// It is to be sent, or is being sent.
    PENDING,
    /// Its receiver has accepted it.
    DELIVERED,
    /// There was no reason to send it any more.
    SKIPPED,
    /// A dead letter: its receiver rejected it, or all attempts failed. It is sent again only by a replay.
    DEAD;

    public boolean isEnded() {
        return this != PENDING;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<JobState> parse(String word) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(word))
                .findFirst();
    }
}
