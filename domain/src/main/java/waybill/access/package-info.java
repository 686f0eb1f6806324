/// Who may do what: a [waybill.access.Principal] has a role, an order gives them a [waybill.access.Relation] to it, and
/// one table says whether that is enough. The same table guards sockets, rooms and REST. What it does not allow is
/// denied.
@NullMarked
package waybill.access;

import org.jspecify.annotations.NullMarked;
