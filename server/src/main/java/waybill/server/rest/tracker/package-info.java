/// Positions from apps that report over HTTP in a format of their own, OsmAnd and Traccar Client, and the keys by
/// which those apps are known.
///
/// [waybill.server.rest.tracker.TrackerRequestParser] parses what the apps send; start there.
@NullMarked
package waybill.server.rest.tracker;

import org.jspecify.annotations.NullMarked;
