package waybill.server.dialect.caps;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The shapes of parcels that `/caps` clients receive.
public enum Profile {
    /// Flat, as their sender wrote them.
    PHASE2("phase2"),

    /// Wrapped: `{event, messageId, clientId, order, eventId}`.
    PHASE3("phase3"),

    /// Both at once: the sender's own fields, and those of the envelope beside them.
    MERGED("merged");

    /// The names of all profiles, for the error of an unknown one.
    public static final String NAMES =
            Arrays.stream(values()).map(Profile::wireName).collect(Collectors.joining(", "));

    private final String wireName;

    Profile(String wireName) {
        this.wireName = wireName;
    }

    /// The name that clients and configuration use.
    public String wireName() {
        return wireName;
    }

    public static Optional<Profile> of(String wireName) {
        for (var profile : values()) {
            if (profile.wireName.equals(wireName)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
