package waybill.outbound;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The way by which a job is delivered.
public enum Channel {
    WEBHOOK,
    PUSH,
    MAIL;

    /// In metrics, logs and REST.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Channel> parse(String word) {
        return Arrays.stream(values())
                .filter(channel -> channel.wireName().equals(word))
                .findFirst();
    }
}
