/// Transactions and the log of committed events: the ports that `storage` implements.
///
/// A task is submitted to the [waybill.journal.Journal] and runs in a [waybill.journal.UnitOfWork]; the events it
/// appended are read from the [waybill.journal.EventLog] as [waybill.journal.LogEntry]s, in the order of commitment.
/// Start at [waybill.journal.Journal]. Nothing here depends on SQL or a clock.
@NullMarked
package waybill.journal;

import org.jspecify.annotations.NullMarked;
