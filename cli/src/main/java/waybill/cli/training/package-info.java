/// What a hub does on a busy day, in a few seconds: many clients connect in each dialect, and watch orders on their
/// way.
/// The JVM that has run it leaves a cache from which the next hub starts with what is used often already compiled to
/// good advice.
///
/// Start at [TrainingRun].
@NullMarked
package waybill.cli.training;

import org.jspecify.annotations.NullMarked;
