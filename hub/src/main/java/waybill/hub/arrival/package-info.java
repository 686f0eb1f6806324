/// The arrivals of drivers at the stops of their orders, found in their positions and reported as order commands.
///
/// [waybill.hub.arrival.ArrivalTracker] follows every driver with a stop ahead: start there. What an arrival is, is
/// decided by `waybill.arrival`; whether it is news, by the order in the journal's transaction.
@NullMarked
package waybill.hub.arrival;

import org.jspecify.annotations.NullMarked;
