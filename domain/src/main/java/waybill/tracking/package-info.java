/// Positions of drivers: what a phone reported, whether it is plausible, and the time of arrival.
///
/// [waybill.tracking.Fix] is one report. [waybill.tracking.DriverTrackState] classifies each fix by those before it,
/// and [waybill.tracking.DriverPositions] has the state of each driver: start there.
/// [waybill.tracking.Eta] estimates the arrival.
///
/// Everything but [waybill.tracking.DriverPositions] is a value. Nothing here reads a clock: time comes in as an
/// argument.
@NullMarked
package waybill.tracking;

import org.jspecify.annotations.NullMarked;
