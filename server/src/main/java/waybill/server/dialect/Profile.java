package waybill.server.dialect;

import java.util.Optional;

/// The two ways in which `/caps` clients are spoken to.
public enum Profile {
    /// Payloads go out flat, as their sender wrote them.
    PHASE2("phase2"),

    /// Payloads go out wrapped: `{event, messageId, clientId, order, eventId}`.
    PHASE3("phase3");

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
