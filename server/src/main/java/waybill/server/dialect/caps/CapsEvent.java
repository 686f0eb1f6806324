package waybill.server.dialect.caps;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The events that a `/caps` client may emit. A name in other case, or with `_`, a space or nothing in place of
/// `-`, is the same name: `PICKUP`, `IN_TRANSIT` and `getall` are valid, too.
public enum CapsEvent {
    JOIN("join"),
    SUBSCRIBE("subscribe"),
    UNSUBSCRIBE("unsubscribe"),
    PICKUP("pickup"),
    IN_TRANSIT("in-transit"),
    DELIVERED("delivered"),
    SCAN("scan"),
    RECEIVED("received"),
    GET_ALL("getAll");

    /// The error for any other event.
    public static final String NAMES =
            Arrays.stream(values()).map(CapsEvent::wireName).collect(Collectors.joining(", "));

    /// No spelling of an event is longer.
    private static final int NAME_MAX = 20;

    private static final Map<String, CapsEvent> BY_KEY = new HashMap<>();

    static {
        for (var event : values()) {
            BY_KEY.put(key(event.wireName), event);
        }
    }

    private final String wireName;

    CapsEvent(String wireName) {
        this.wireName = wireName;
    }

    /// Its documented name.
    public String wireName() {
        return wireName;
    }

    public static Optional<CapsEvent> of(String name) {
        return name.length() > NAME_MAX ? Optional.empty() : Optional.ofNullable(BY_KEY.get(key(name)));
    }

    /// Parses the payload of this event.
    public CapsMessage parse(String json) {
        return switch (this) {
            case JOIN -> CapsDialect.join(json);
            case SUBSCRIBE -> CapsDialect.subscribe(json);
            case UNSUBSCRIBE -> CapsDialect.unsubscribe(json);
            case PICKUP -> CapsDialect.pickup(json);
            case IN_TRANSIT -> CapsDialect.inTransit(json);
            case DELIVERED -> CapsDialect.delivered(json);
            case SCAN -> CapsDialect.scan(json);
            case RECEIVED -> CapsDialect.received(json);
            case GET_ALL -> CapsDialect.getAll(json);
        };
    }

    /// The name without the differences of its spellings.
    static String key(String name) {
        var key = new StringBuilder(name.length());
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c != '-' && c != '_' && c != ' ') {
                key.append(c);
            }
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }
}
