/// How long a driver takes to the next stop, learnt from the deliveries before.
///
/// [waybill.eta.LegTimeModel] learns and predicts: start there. It knows no roads; a distance, an hour and a driver are
/// enough to be closer than the distance divided by a speed.
@NullMarked
package waybill.eta;

import org.jspecify.annotations.NullMarked;
