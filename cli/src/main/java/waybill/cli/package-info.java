/// The commands of `waybill`. A command parses its options, wires the objects and waits; their behaviour is in the
/// packages beside this one.
///
/// Only [Main] may read the machine's clock and draw random numbers; all other classes receive them.
///
/// Start at [Main].
@NullMarked
package waybill.cli;

import org.jspecify.annotations.NullMarked;
