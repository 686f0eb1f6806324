/// Payments that a payment provider reports: what becomes of each.
///
/// Start at [waybill.hub.payment.PaymentConfirmations].
@NullMarked
package waybill.hub.payment;

import org.jspecify.annotations.NullMarked;
