/// Travel times and routes along the roads of an OpenStreetMap extract, computed inside the process by GraphHopper. It
/// implements the port [waybill.eta.TravelTimeProvider] and knows nothing of orders. Start at
/// [waybill.routing.GraphHopperRouting].
@NullMarked
package waybill.routing;

import org.jspecify.annotations.NullMarked;
