/// Attempts of anonymous clients and of users with a token to stop or fill the hub, on `waybill serve` with 256 MB.
///
/// Start at [waybill.cli.attack.AttacksTest].
@NullMarked
package waybill.cli.attack;

import org.jspecify.annotations.NullMarked;
