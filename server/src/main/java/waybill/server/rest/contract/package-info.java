/// The contract: `openapi.yaml`, the validation of requests against it, problem details (RFC 9457) and the pages of
/// the documentation. Start at [waybill.server.rest.contract.Contract].
@NullMarked
package waybill.server.rest.contract;

import org.jspecify.annotations.NullMarked;
