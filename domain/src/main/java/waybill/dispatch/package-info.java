/// Dispatch: which driver delivers which orders, and why.
///
/// [waybill.dispatch.Matching] decides for all waiting orders and available drivers at once: start there. It plans
/// [waybill.dispatch.Trip]s of one order or of a bundle, each with its [waybill.dispatch.TripCost] in minutes, and
/// returns a [waybill.dispatch.DispatchDecision] that has the candidates of every order beside the chosen driver.
///
/// Everything is a value or a pure function of orders, drivers, time and weights: the same decision with other weights
/// is a question of calling it again.
@NullMarked
package waybill.dispatch;

import org.jspecify.annotations.NullMarked;
