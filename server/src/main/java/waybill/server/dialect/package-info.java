/// What each app says, and what we take it to mean: one class per dialect. A dialect translates and decides nothing. It
/// has no state and no clock, and no opinion on whether what was said is allowed.
///
/// Start at [waybill.server.dialect.Dialect], which three of them are; [waybill.server.dialect.CapsDialect] is older
/// and its own. What clients have been heard to say, and what they are told, is in the `.corpus` files beside the
/// tests.
@NullMarked
package waybill.server.dialect;

import org.jspecify.annotations.NullMarked;
