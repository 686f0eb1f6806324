/// Points on the Earth and how far they are from each other. Knows nothing of who is there.
@NullMarked
package waybill.geo;

import org.jspecify.annotations.NullMarked;
