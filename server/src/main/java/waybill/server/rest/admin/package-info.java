/// The endpoints for stores, users, tokens, the log, queues and metrics.
@NullMarked
package waybill.server.rest.admin;

import org.jspecify.annotations.NullMarked;
