/// Events that a backend emits to clients: which names and data it may use, and to which clients it emits.
///
/// Start at [waybill.server.rest.emit.Emits].
@NullMarked
package waybill.server.rest.emit;

import org.jspecify.annotations.NullMarked;
