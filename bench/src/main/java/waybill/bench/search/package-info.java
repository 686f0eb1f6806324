/// Full-text search over orders: a store with many generated orders, and how long searches in it take. Start at
/// [SearchRun].
@NullMarked
package waybill.bench.search;

import org.jspecify.annotations.NullMarked;
