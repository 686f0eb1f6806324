package waybill.server.rest.tracker;

import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.hub.position.PositionReport;

/// What a tracker has sent.
///
/// @param keyOrNone the key as it came
/// @param elements what it reports, in the order of the request
record TrackerMessage(@Nullable String keyOrNone, List<TrackerElement> elements) {

    TrackerMessage {
        elements = List.copyOf(elements);
    }

    /// One report of a message.
    sealed interface TrackerElement {

        /// A position.
        record Believed(PositionReport report) implements TrackerElement {}

        /// A position that is stored, but not believed.
        record Doubtful(PositionReport report, String field, String message) implements TrackerElement {}

        /// No position can be understood.
        record Broken(String field, String message) implements TrackerElement {}

        /// It has something else to report than a position.
        record Empty() implements TrackerElement {}
    }
}
