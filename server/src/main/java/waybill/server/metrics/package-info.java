/// The registry of metrics, and counters that any class may increment. [waybill.server.metrics.MetricsRegistry] has
/// all of them. Does not depend on what is measured.
@NullMarked
package waybill.server.metrics;

import org.jspecify.annotations.NullMarked;
