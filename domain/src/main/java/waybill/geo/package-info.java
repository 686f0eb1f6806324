/// Points on the Earth and the distance between them. Knows nothing of drivers and orders.
@NullMarked
package waybill.geo;

import org.jspecify.annotations.NullMarked;
