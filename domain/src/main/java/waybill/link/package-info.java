/// Public links to orders: a browser with such a link reads the state of one order without a token of the hub.
///
/// Start at [waybill.link.TrackingLink]. What a link shows is decided in `waybill.hub.link`.
@NullMarked
package waybill.link;

import org.jspecify.annotations.NullMarked;
