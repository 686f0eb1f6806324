/// Parses the payloads of clients: fields by their names and spellings, times, ranges, and errors that name the
/// field.
@NullMarked
package waybill.server.dialect.read;

import org.jspecify.annotations.NullMarked;
