/// How close predicted times are: legs between deliveries that were recorded, predicted in their order of time by the
/// model of the hub.
@NullMarked
package waybill.bench.eta;

import org.jspecify.annotations.NullMarked;
