/// A store: it places orders and thanks the customers of delivered ones.
///
/// Start at [Vendor].
@NullMarked
package waybill.cli.vendor;

import org.jspecify.annotations.NullMarked;
