/// Dispatch in the running hub: which orders wait for a driver, which drivers are on duty, and what the matching of
/// [waybill.dispatch] makes of them.
@NullMarked
package waybill.hub.dispatch;

import org.jspecify.annotations.NullMarked;
