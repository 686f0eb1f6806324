/// Where drivers are: what a phone says, whether to believe it, how often to tell of it, and when the driver will
/// arrive.
///
/// [waybill.tracking.Fix] is what was said. [waybill.tracking.Track] judges each fix by those before it, and
/// [waybill.tracking.LastKnown] remembers a track per driver: start there. [waybill.tracking.Pace] says when the next
/// may be told, [waybill.tracking.Eta] guesses the arrival, and is all here that knows of orders.
///
/// Everything but [waybill.tracking.LastKnown] is a value. Nothing here reads a clock: time comes in as an argument.
@NullMarked
package waybill.tracking;

import org.jspecify.annotations.NullMarked;
