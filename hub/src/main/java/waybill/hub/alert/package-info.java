/// Alerts: what administrators should look at, opened once and cleared once.
///
/// Start at [waybill.hub.alert.AlertMonitor].
@NullMarked
package waybill.hub.alert;

import org.jspecify.annotations.NullMarked;
