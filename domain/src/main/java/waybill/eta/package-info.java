/// How long a driver takes to the next stop.
///
/// [waybill.eta.TravelTimeProvider] is the port through which the hub asks for a travel time: start there. A routing
/// service or engine implements it. [waybill.eta.LegTimeModel] learns and predicts without roads: a distance, an hour
/// and a driver are enough to be closer than the distance divided by a speed.
@NullMarked
package waybill.eta;

import org.jspecify.annotations.NullMarked;
