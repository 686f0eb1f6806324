/// The tables and rows, in SQL that SQLite and PostgreSQL share, and the limits and the health of a store.
@NullMarked
package waybill.storage.sql;

import org.jspecify.annotations.NullMarked;
