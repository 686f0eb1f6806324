/// Who and what there is besides orders: stores, people, drivers who want work, devices, offers. Records, and
/// two ports: [waybill.directory.Directory] reads, [waybill.directory.Register] changes inside a transaction.
///
/// Knows nothing of orders.
@NullMarked
package waybill.directory;

import org.jspecify.annotations.NullMarked;
