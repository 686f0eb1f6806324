/// Payments that providers report to the hub: their signatures, their formats, and the responses that they expect.
///
/// Start at [waybill.server.rest.payment.Payments].
@NullMarked
package waybill.server.rest.payment;

import org.jspecify.annotations.NullMarked;
