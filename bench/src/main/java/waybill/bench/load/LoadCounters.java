package waybill.bench.load;

import org.HdrHistogram.Histogram;

/// What the generator has counted so far. Belongs to its event loop.
final class LoadCounters {

    private static final long LATENCY_MAX_US = 600_000_000;
    private static final int LATENCY_DIGITS = 3;

    final Histogram latencyUs = new Histogram(1, LATENCY_MAX_US, LATENCY_DIGITS);
    long sent;
    long delivered;
    long frames;

    /// Events that nobody was there to hear.
    long unexpected;

    /// Connections that were refused or ended early.
    long lost;

    /// What the first of [#lost] said.
    String firstLoss = "";

    void recordDelivery(long latency) {
        delivered++;
        latencyUs.recordValue(Math.clamp(latency, 0, LATENCY_MAX_US));
    }

    void recordLoss(String why) {
        if (lost++ == 0) {
            firstLoss = why;
        }
    }
}
