/// How good dispatch is: days of deliveries, public or generated, on which the hub's own matching and simpler policies
/// decide.
///
/// [waybill.bench.dispatch.DaySimulation] plays one [waybill.bench.dispatch.DeliveryDay]: start there.
@NullMarked
package waybill.bench.dispatch;

import org.jspecify.annotations.NullMarked;
