package waybill.server;

import java.util.Optional;

/// Where the positions of drivers are stored.
///
/// @param place where they are read from; without one, beside the orders
public record TrackConfig(Optional<Place> place) {

    /// What positions are stored in.
    public enum Place {
        /// A file in the data directory of each node.
        SQLITE,

        /// The database of the orders, which all nodes read.
        POSTGRESQL
    }

    public static TrackConfig defaults() {
        return new TrackConfig(Optional.empty());
    }
}
