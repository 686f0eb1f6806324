/// Authentication: tokens are verified here, issued for development, watched until they expire, and revoked.
///
/// Start at [waybill.server.identity.TokenVerifier]. What a principal may do is decided in `waybill.access`.
@NullMarked
package waybill.server.identity;

import org.jspecify.annotations.NullMarked;
