package waybill.bench.load;

import org.HdrHistogram.Histogram;

/// The counters of the generator. Confined to its event loop.
final class LoadCounters {

    private static final long LATENCY_MAX_US = 600_000_000;
    private static final int LATENCY_DIGITS = 3;

    final Histogram latencyUs = new Histogram(1, LATENCY_MAX_US, LATENCY_DIGITS);
    long sent;
    long delivered;
    long frames;

    /// Events without a receiver.
    long unexpected;

    /// Connections that were rejected or ended early.
    long lost;

    /// The reason of the first of [#lost].
    String firstLoss = "";

    void recordDelivery(long latency) {
        delivered++;
        latencyUs.recordValue(Math.clamp(latency, 0, LATENCY_MAX_US));
    }

    void recordLoss(String reason) {
        if (lost++ == 0) {
            firstLoss = reason;
        }
    }
}
