/// Who somebody is: tokens are checked here, issued for development, watched until they expire, and revoked.
///
/// [waybill.server.identity.Identity] is the door. What somebody may do is not decided here.
@NullMarked
package waybill.server.identity;

import org.jspecify.annotations.NullMarked;
