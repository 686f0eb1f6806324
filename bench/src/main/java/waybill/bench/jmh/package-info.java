/// JMH benchmarks of the code that every message passes: codec, broadcast, outbox.
///
///     java -cp … org.openjdk.jmh.Main waybill.bench.jmh
///
/// Start at [waybill.bench.jmh.CodecBenchmark].
@NullMarked
package waybill.bench.jmh;

import org.jspecify.annotations.NullMarked;
