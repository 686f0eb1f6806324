/// The store in a PostgreSQL database: connections, transactions, failures, the schema, and the end of the log, which
/// other processes move as well. Start with [waybill.storage.postgres.PostgresDatabase]. Tables and queries are in
/// [waybill.storage.sql].
@NullMarked
package waybill.storage.postgres;

import org.jspecify.annotations.NullMarked;
