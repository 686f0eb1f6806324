/// What was measured, as text: the table and the machine it was measured on. Prints only figures that are there.
///
/// Start at [waybill.bench.table.ResultTable].
@NullMarked
package waybill.bench.table;

import org.jspecify.annotations.NullMarked;
