/// What one transaction reads and changes, and the log of what was committed: the ports that `storage` fills in.
///
/// A task is submitted to the [waybill.journal.Journal] and runs in a [waybill.journal.UnitOfWork]; what it appended
/// is read back, in the order of commitment, from the [waybill.journal.EventLog] as [waybill.journal.LogEntry]s.
/// Start at [waybill.journal.Journal]. Nothing here knows SQL or a clock.
@NullMarked
package waybill.journal;

import org.jspecify.annotations.NullMarked;
