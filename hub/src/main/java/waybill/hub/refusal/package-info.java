/// Why a request is refused, whichever way it came: [waybill.hub.refusal.Refusal] is the one form of it, and
/// [waybill.hub.refusal.ErrorCode] the codes that clients know. REST renders one as a problem, a socket as an error.
@NullMarked
package waybill.hub.refusal;

import org.jspecify.annotations.NullMarked;
