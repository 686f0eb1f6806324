/// A driver: it receives pickups, claims parcels that no other driver has, and delivers them.
///
/// Start at [Driver].
@NullMarked
package waybill.cli.driver;

import org.jspecify.annotations.NullMarked;
