/// The endpoints of orders.
@NullMarked
package waybill.server.rest.order;

import org.jspecify.annotations.NullMarked;
