/// The demo's view: a [Board] stores the events of the stores and the driver, a [Screen] draws it.
///
/// Board and screen do not depend on terminals and clocks; [Terminal] is the real one.
///
/// Start at [Board].
@NullMarked
package waybill.cli.demo;

import org.jspecify.annotations.NullMarked;
