/// Stores, people, drivers on duty, devices, products and coupons: everything that is stored besides orders. Records,
/// and two ports: [waybill.directory.Directory] reads, [waybill.directory.DirectoryWriter] changes inside a
/// transaction.
///
/// Knows nothing of orders.
@NullMarked
package waybill.directory;

import org.jspecify.annotations.NullMarked;
