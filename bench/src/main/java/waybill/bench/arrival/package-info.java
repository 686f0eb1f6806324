/// How often and when drivers arrive at their stops: recorded and generated tracks, followed by the tracker of the
/// hub and by a plain fence.
@NullMarked
package waybill.bench.arrival;

import org.jspecify.annotations.NullMarked;
