/// The demo's one view: what the stores and the driver tell is kept on a [Board], which a [Screen] draws.
///
/// Board and screen are free of terminals and clocks; [Terminal] is the real one.
///
/// Start at [Board].
@NullMarked
package waybill.cli.demo;

import org.jspecify.annotations.NullMarked;
