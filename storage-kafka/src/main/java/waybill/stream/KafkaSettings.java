package waybill.stream;

import java.util.Map;

/// The topic that positions are written to.
///
/// @param servers `host:port`, of several servers with commas
/// @param topic one that exists, or that the servers create
/// @param properties of the client library, such as `security.protocol`; those that the sink depends on it sets itself.
///     They may hold passwords
public record KafkaSettings(String servers, String topic, Map<String, String> properties) {

    private static final String SERVER = "[A-Za-z0-9._\\[\\]:-]+:\\d{1,5}";

    public KafkaSettings {
        if (!servers.matches(SERVER + "(?:," + SERVER + ")*")) {
            throw new IllegalArgumentException(
                    "tracks-kafka: " + servers + " (expected: host:port, of several servers with commas)");
        }
        if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
            throw new IllegalArgumentException(
                    "tracks-topic: " + topic + " (expected: up to 249 letters, digits and any of . _ -)");
        }
        properties = Map.copyOf(properties);
    }

    @Override
    public String toString() {
        return "the topic " + topic + " on " + servers;
    }
}
