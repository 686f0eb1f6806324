/// HTTP: health, the event log, the queues; and problem details (RFC 9457) for all that goes wrong.
///
/// Handlers run on event loops and wait for nothing: what reads the disk goes through [waybill.server.rest.Answers] to
/// the
/// readers. Start at [waybill.server.rest.Routes].
@NullMarked
package waybill.server.rest;

import org.jspecify.annotations.NullMarked;
