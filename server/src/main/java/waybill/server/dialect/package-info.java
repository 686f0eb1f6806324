/// The events of each app: one class per dialect that parses what clients emit and renders what they receive. A
/// dialect decides nothing; it has no state and no clock.
///
/// Start at [waybill.server.dialect.Dialect], which three of them are; [waybill.server.dialect.caps.CapsDialect] is
/// older and its own. What clients send and receive is in the `.corpus` files beside the tests.
@NullMarked
package waybill.server.dialect;

import org.jspecify.annotations.NullMarked;
