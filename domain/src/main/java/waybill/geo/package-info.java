/// Points on the Earth and the distance between them. Does not depend on drivers or orders.
@NullMarked
package waybill.geo;

import org.jspecify.annotations.NullMarked;
