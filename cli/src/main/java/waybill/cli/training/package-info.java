/// A busy day of a hub in a few seconds: many clients connect in each dialect and subscribe to orders. The run leaves a
/// cache with which the JVM of the next hub starts with the hot code already compiled.
///
/// Start at [TrainingRun].
@NullMarked
package waybill.cli.training;

import org.jspecify.annotations.NullMarked;
