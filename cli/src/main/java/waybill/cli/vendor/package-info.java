/// A store: it places orders and thanks the customers of those that have been delivered.
///
/// Start at [Vendor].
@NullMarked
package waybill.cli.vendor;

import org.jspecify.annotations.NullMarked;
