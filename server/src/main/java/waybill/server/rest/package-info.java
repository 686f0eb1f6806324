/// HTTP: the endpoints that `openapi.yaml` describes. Start at [waybill.server.rest.Endpoints], which binds each
/// operation of the contract to its handler. Does not depend on sockets.
@NullMarked
package waybill.server.rest;

import org.jspecify.annotations.NullMarked;
