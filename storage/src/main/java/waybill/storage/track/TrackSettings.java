package waybill.storage.track;

import java.util.List;
import waybill.tracking.TrackSink;

/// Where points of tracks are stored, and how many.
///
/// @param place where they are read from
/// @param copies where they are written besides
public record TrackSettings(Place place, TrackLimits limits, List<TrackSink> copies) {

    /// What points are stored in.
    public enum Place {
        /// A file in the data directory of each node, with what was reported to this node.
        FILE,

        /// The database of the orders, with what was reported to any node.
        DATABASE
    }

    public static TrackSettings inFile(TrackLimits limits) {
        return new TrackSettings(Place.FILE, limits, List.of());
    }
}
