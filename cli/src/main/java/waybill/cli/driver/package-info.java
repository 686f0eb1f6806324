/// A driver: hears of parcels, picks up those that no other driver has claimed, and delivers them.
///
/// Start at [Driver].
@NullMarked
package waybill.cli.driver;

import org.jspecify.annotations.NullMarked;
