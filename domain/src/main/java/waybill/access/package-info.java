/// Authorization: a [waybill.access.Principal] has a role, an order gives the principal a [waybill.access.Relation]
/// to it, and one table decides whether the two allow an action. The same table guards sockets, rooms and REST. What it
/// does not allow is denied.
@NullMarked
package waybill.access;

import org.jspecify.annotations.NullMarked;
