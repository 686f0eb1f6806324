/// State held in memory and built from the log and the store: [waybill.hub.projection.ActiveOrders], and the display
/// names of users. Each process builds its own.
@NullMarked
package waybill.hub.projection;

import org.jspecify.annotations.NullMarked;
