/// Stores, people, drivers on duty, devices, products and coupons: everything that is stored besides orders.
/// [waybill.directory.Directory] reads, [waybill.directory.DirectoryWriter] changes inside a transaction.
///
/// Does not depend on orders.
@NullMarked
package waybill.directory;

import org.jspecify.annotations.NullMarked;
