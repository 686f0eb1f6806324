/// HTTP: orders and all around them, as `openapi.yaml` promises it; and problem details (RFC 9457) for all that goes
/// wrong.
///
/// [waybill.server.rest.Contract] is what is promised, and the routes are made from it.
/// [waybill.server.rest.Desk] deals with every request in the same order: who asks, how often, is it valid. Only then
/// comes the class that knows what is asked for: it says what there is to do, as a [waybill.server.rest.Doing], and the
/// desk has it done where it may wait. So nothing waits on an event loop, and every write may be kept under its key.
///
/// Knows nothing of sockets. Start at [waybill.server.rest.Routes].
@NullMarked
package waybill.server.rest;

import org.jspecify.annotations.NullMarked;
