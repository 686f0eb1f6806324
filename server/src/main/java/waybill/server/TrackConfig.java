package waybill.server;

import java.util.Map;
import java.util.Optional;

/// Where the positions of drivers are stored.
///
/// @param place where they are read from; without one, beside the orders
/// @param topic where they are written besides
public record TrackConfig(Optional<Place> place, Optional<Topic> topic) {

    /// What positions are stored in.
    public enum Place {
        /// A file in the data directory of each node.
        SQLITE,

        /// The database of the orders, which all nodes read.
        POSTGRESQL
    }

    /// A topic of Kafka. Its text has no password.
    ///
    /// @param servers `host:port`, of several servers with commas
    /// @param properties of the client library, which may hold passwords
    public record Topic(String servers, String name, Map<String, String> properties) {

        @Override
        public String toString() {
            return "the topic " + name + " on " + servers;
        }
    }

    public static TrackConfig defaults() {
        return new TrackConfig(Optional.empty(), Optional.empty());
    }
}
