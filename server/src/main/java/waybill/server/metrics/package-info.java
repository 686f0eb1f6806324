/// What is measured: a registry, and counters that may be counted up wherever something happens.
///
/// [waybill.server.metrics.Meters] is where everything meets. Nothing here knows what it is that is measured; that is
/// told to it from outside, and who counts need not know who reads.
@NullMarked
package waybill.server.metrics;

import org.jspecify.annotations.NullMarked;
