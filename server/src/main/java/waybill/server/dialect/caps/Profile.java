package waybill.server.dialect.caps;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The shapes in which `/caps` clients are sent parcels.
public enum Profile {
    /// Payloads go out flat, as their sender wrote them.
    PHASE2("phase2"),

    /// Payloads go out wrapped: `{event, messageId, clientId, order, eventId}`.
    PHASE3("phase3"),

    /// Both at once: the sender's own fields, and those of the envelope beside them.
    MERGED("merged");

    /// The names of all, for a client that asks for another.
    public static final String WORDS =
            Arrays.stream(values()).map(Profile::word).collect(Collectors.joining(", "));

    private final String word;

    Profile(String word) {
        this.word = word;
    }

    /// The name that clients and configuration use.
    public String word() {
        return word;
    }

    public static Optional<Profile> of(String word) {
        for (var profile : values()) {
            if (profile.word.equals(word)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
