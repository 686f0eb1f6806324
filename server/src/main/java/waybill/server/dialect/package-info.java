/// What each app says, and what we take it to mean: one class per dialect. A dialect translates and decides nothing. It
/// has no state and no clock, and no opinion on whether what was said is allowed.
///
/// Start at [waybill.server.dialect.CapsDialect]; what clients have been heard to say is in `caps.corpus` beside its
/// test.
@NullMarked
package waybill.server.dialect;

import org.jspecify.annotations.NullMarked;
