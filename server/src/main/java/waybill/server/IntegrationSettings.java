package waybill.server;

/// The settings of what other systems send to the hub and are told by it.
///
/// @param emitsPerSecond the events that one caller may emit to clients; 0 for no limit
public record IntegrationSettings(int emitsPerSecond) {

    public static final int EMITS_PER_SECOND = 50;

    public IntegrationSettings {
        if (emitsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "emitsPerSecond: " + emitsPerSecond + " (expected: 0 for no limit, or more)");
        }
    }

    public static IntegrationSettings defaults() {
        return new IntegrationSettings(EMITS_PER_SECOND);
    }

    public IntegrationSettings withEmitsPerSecond(int value) {
        return new IntegrationSettings(value);
    }
}
