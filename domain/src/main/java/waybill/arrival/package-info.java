/// When a driver arrives at a stop: once, however noisy the positions are.
///
/// [waybill.arrival.StopArrival] follows the fixes of one driver towards one stop: start there.
@NullMarked
package waybill.arrival;

import org.jspecify.annotations.NullMarked;
