package waybill.hub.position;

import waybill.hub.arrival.ArrivalTracker;
import waybill.tracking.TrackLog;

/// Where the positions of drivers go: all into the history, accepted ones to the viewers, and to the stops of the
/// driver.
public record PositionSinks(TrackLog tracks, PositionPublisher publisher, ArrivalTracker arrivals) {}
