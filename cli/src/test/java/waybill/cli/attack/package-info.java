/// What a stranger, or a user with a token, may try to stop or fill the hub, tried on `waybill serve` with 256 MB.
///
/// Start at [waybill.cli.attack.AttacksTest].
@NullMarked
package waybill.cli.attack;

import org.jspecify.annotations.NullMarked;
