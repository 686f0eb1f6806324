/// The endpoints of positions, drivers and routes.
@NullMarked
package waybill.server.rest.track;

import org.jspecify.annotations.NullMarked;
