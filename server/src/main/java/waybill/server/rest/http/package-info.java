/// Requests and responses: [waybill.server.rest.http.RequestPipeline] takes every request through the same steps
/// (authentication, rate, validation), then runs the action of its handler where it may wait, so that nothing waits
/// on an event loop and each write can be stored under its idempotency key.
@NullMarked
package waybill.server.rest.http;

import org.jspecify.annotations.NullMarked;
