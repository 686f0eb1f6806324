package waybill.server.push;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// A message for the screen of a device.
///
/// @param data what the app reads; all of it is text
/// @param topic a newer message with the same topic replaces this one, on the service and on the screen; at most 32
///     characters of base64url
/// @param expiresIn how long the service keeps it for a device that is off
/// @param isUrgent whether it wakes a sleeping device
public record PushMessage(
        String title, String body, Map<String, String> data, String topic, Duration expiresIn, boolean isUrgent) {

    static final int TOPIC_MAX = 32;

    public PushMessage {
        data = Map.copyOf(data);
        if (topic.isEmpty() || topic.length() > TOPIC_MAX || !topic.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "topic: " + topic + " (expected: 1 to " + TOPIC_MAX + " characters of base64url)");
        }
    }

    /// In a stable order.
    Map<String, String> sortedData() {
        return new TreeMap<>(data);
    }
}
