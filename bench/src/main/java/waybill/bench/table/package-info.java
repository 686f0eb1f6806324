/// The results as text: the table and the machine. Missing figures are left out.
///
/// Start at [waybill.bench.table.ResultTable].
@NullMarked
package waybill.bench.table;

import org.jspecify.annotations.NullMarked;
