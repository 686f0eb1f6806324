/// The commands of `waybill`: what a user types, and the wiring behind each. A command reads its options,
/// builds the pieces and waits; what the pieces do is in the packages beside this one.
///
/// Only [Main] may read the machine's clock and draw random numbers; everyone else is handed them.
///
/// Start at [Main].
@NullMarked
package waybill.cli;

import org.jspecify.annotations.NullMarked;
