/// The load run: starts the hub and its peers one after another, runs the generator against each, and prints one table.
/// JMH benchmarks of single parts are in `waybill.bench.jmh`.
///
/// Start at [waybill.bench.LoadRun], the command line; [waybill.bench.MeasurementRunner] does the work.
@NullMarked
package waybill.bench;

import org.jspecify.annotations.NullMarked;
