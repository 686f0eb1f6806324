/// Renders the payloads that dialects share, as JSON text.
@NullMarked
package waybill.server.dialect.write;

import org.jspecify.annotations.NullMarked;
