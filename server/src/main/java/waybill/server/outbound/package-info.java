/// Requests to servers whose addresses users and other systems have named: those of webhooks and of push services.
///
/// [waybill.server.outbound.AddressGuard] alone decides where the hub may connect, and
/// [waybill.server.outbound.GuardedHttp] connects to the address that was checked. Neither knows what is sent. Start
/// at GuardedHttp.
@NullMarked
package waybill.server.outbound;

import org.jspecify.annotations.NullMarked;
